//! Numbers, as what serde asks for.

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, SeqAccess, VariantAccess, Visitor,
};

use crate::track::dormant::Broken;
use crate::track::dormant::numbers::{Numbers, unfolded};

/// Defines the methods for types that are one number.
macro_rules! numbers {
    ($($method:ident => $visit:ident($number:expr);)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Broken> {
            let number = self.read()?;
            visitor.$visit($number(number)?)
        })*
    };
}

/// Defines the methods for what no connection holds.
macro_rules! never {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Broken> {
            Err(Broken)
        })*
    };
}

fn narrow<N: TryFrom<u64>>(number: u64) -> Result<N, Broken> {
    N::try_from(number).map_err(|_| Broken)
}

fn narrow_signed<N: TryFrom<i64>>(number: u64) -> Result<N, Broken> {
    N::try_from(unfolded(number)).map_err(|_| Broken)
}

impl<'de> Deserializer<'de> for &mut Numbers<'_> {
    type Error = Broken;

    numbers! {
        deserialize_bool => visit_bool(|number| Ok(number != 0));
        deserialize_u8 => visit_u8(narrow);
        deserialize_u16 => visit_u16(narrow);
        deserialize_u32 => visit_u32(narrow);
        deserialize_u64 => visit_u64(Ok);
        deserialize_i8 => visit_i8(narrow_signed);
        deserialize_i16 => visit_i16(narrow_signed);
        deserialize_i32 => visit_i32(narrow_signed);
        deserialize_i64 => visit_i64(narrow_signed);
        deserialize_f64 => visit_f64(|number: u64| Ok(f64::from_bits(number.swap_bytes())));
    }

    never! {
        deserialize_any
        deserialize_f32
        deserialize_char
        deserialize_str
        deserialize_string
        deserialize_bytes
        deserialize_byte_buf
        deserialize_map
        deserialize_identifier
        deserialize_ignored_any
    }

    fn deserialize_u128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Broken> {
        let upper = u128::from(self.read()?);
        visitor.visit_u128(upper << 64 | u128::from(self.read()?))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Broken> {
        match self.read()? {
            0 => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Broken> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Broken> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Broken> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Broken> {
        let left = narrow(self.read()?)?;
        visitor.visit_seq(Parts {
            numbers: self,
            left,
        })
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Broken> {
        visitor.visit_seq(Parts {
            numbers: self,
            left: len,
        })
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Broken> {
        self.deserialize_tuple(len, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Broken> {
        self.deserialize_tuple(fields.len(), visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Broken> {
        visitor.visit_enum(self)
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

/// A row of values, some of which are left.
struct Parts<'n, 'a> {
    numbers: &'n mut Numbers<'a>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Parts<'_, '_> {
    type Error = Broken;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Broken> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        seed.deserialize(&mut *self.numbers).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> EnumAccess<'de> for &mut Numbers<'_> {
    type Error = Broken;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Broken> {
        let nth: u32 = narrow(self.read()?)?;
        Ok((seed.deserialize(nth.into_deserializer())?, self))
    }
}

impl<'de> VariantAccess<'de> for &mut Numbers<'_> {
    type Error = Broken;

    fn unit_variant(self) -> Result<(), Broken> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Broken> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Broken> {
        self.deserialize_tuple(len, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Broken> {
        self.deserialize_tuple(fields.len(), visitor)
    }
}
