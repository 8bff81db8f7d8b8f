//! What serde says of a value, as numbers.

use serde::ser::{
    self, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};
use serde::{Serialize, Serializer};

use crate::track::dormant::Broken;
use crate::track::dormant::numbers::{Draft, folded};

type Written = Result<(), Broken>;

/// Defines the methods for types that are one number.
macro_rules! numbers {
    ($($method:ident($kind:ty) => $number:expr;)*) => {
        $(fn $method(self, value: $kind) -> Written {
            let number: fn($kind) -> u64 = $number;
            self.write(number(value));
            Ok(())
        })*
    };
}

/// Defines the methods for what no connection holds.
macro_rules! never {
    ($($method:ident($($kind:ty),*) -> $result:ty;)*) => {
        $(fn $method(self, $(_: $kind),*) -> Result<$result, Broken> {
            Err(Broken)
        })*
    };
}

impl Serializer for &mut Draft {
    type Ok = ();
    type Error = Broken;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = ser::Impossible<(), Broken>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    numbers! {
        serialize_bool(bool) => u64::from;
        serialize_u8(u8) => u64::from;
        serialize_u16(u16) => u64::from;
        serialize_u32(u32) => u64::from;
        serialize_u64(u64) => |number| number;
        serialize_i8(i8) => |number| folded(number.into());
        serialize_i16(i16) => |number| folded(number.into());
        serialize_i32(i32) => |number| folded(number.into());
        serialize_i64(i64) => folded;
    }

    never! {
        serialize_f32(f32) -> ();
        serialize_char(char) -> ();
        serialize_str(&str) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_map(Option<usize>) -> Self::SerializeMap;
    }

    fn serialize_u128(self, value: u128) -> Written {
        for half in [value >> 64, value] {
            #[expect(clippy::cast_possible_truncation, reason = "a half")]
            self.write(half as u64);
        }
        Ok(())
    }

    /// With its octets turned round: those of a sum of whole numbers end in
    /// zeros, which then cost nothing.
    fn serialize_f64(self, value: f64) -> Written {
        self.write(value.to_bits().swap_bytes());
        Ok(())
    }

    fn serialize_none(self) -> Written {
        self.serialize_bool(false)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        self.serialize_bool(true)?;
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, nth: u32, _: &'static str) -> Written {
        self.serialize_u32(nth)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        nth: u32,
        _: &'static str,
        value: &T,
    ) -> Written {
        self.serialize_u32(nth)?;
        value.serialize(self)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Self, Broken> {
        self.write(len.ok_or(Broken)? as u64);
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Broken> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Broken> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        nth: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Broken> {
        self.write(nth.into());
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Broken> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        nth: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Broken> {
        self.write(nth.into());
        Ok(self)
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

/// Implements what writes one part after the other.
macro_rules! parts {
    ($($kind:ident: $method:ident($($name:ty)?);)*) => {
        $(impl $kind for &mut Draft {
            type Ok = ();
            type Error = Broken;

            fn $method<T: Serialize + ?Sized>(&mut self, $(_: $name,)? value: &T) -> Written {
                value.serialize(&mut **self)
            }

            fn end(self) -> Written {
                Ok(())
            }
        })*
    };
}

parts! {
    SerializeSeq: serialize_element();
    SerializeTuple: serialize_element();
    SerializeTupleStruct: serialize_field();
    SerializeTupleVariant: serialize_field();
    SerializeStruct: serialize_field(&'static str);
    SerializeStructVariant: serialize_field(&'static str);
}
