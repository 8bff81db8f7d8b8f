//! The words of JSON Schema that `docs/schema.json` uses, and no others: a
//! validator for all of them would be sixty crates.

use serde_json::{Map, Value};

/// Every way in which `value` breaks `rules`, a schema within `root`; empty
/// where it keeps them.
pub fn breaches(root: &Value, rules: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let rules = rules.as_object().expect("a schema is an object");
    for (keyword, rule) in rules {
        match keyword.as_str() {
            "description" | "title" | "$schema" | "$defs" => {}
            "$ref" => found.extend(breaches(root, pointed_at(root, rule), value)),
            "oneOf" => found.extend(one_of(root, rule, value)),
            "properties" => found.extend(properties(root, rules, value)),
            "items" => found.extend(items(root, rule, value)),
            "additionalProperties" => assert_eq!(rule, &Value::Bool(false)),
            _ if keeps(keyword, rule, value) => {}
            _ => found.push(format!("{value} breaks {keyword} {rule}")),
        }
    }
    found
}

fn pointed_at<'a>(root: &'a Value, pointer: &Value) -> &'a Value {
    let pointer = pointer
        .as_str()
        .and_then(|pointer| pointer.strip_prefix('#'));
    pointer
        .and_then(|pointer| root.pointer(pointer))
        .expect("a reference leads somewhere")
}

fn one_of(root: &Value, choices: &Value, value: &Value) -> Vec<String> {
    let choices = choices.as_array().unwrap().iter();
    let results: Vec<_> = choices
        .map(|choice| breaches(root, choice, value))
        .collect();
    match results.iter().filter(|found| found.is_empty()).count() {
        1 => Vec::new(),
        0 => results.concat(),
        _ => vec![format!("{value} is more than one thing")],
    }
}

/// Members are known, and stand in the order of the schema.
fn properties(root: &Value, rules: &Map<String, Value>, value: &Value) -> Vec<String> {
    let known = rules["properties"].as_object().unwrap();
    let mut places = known.keys();
    let mut found = Vec::new();
    for (name, member) in value.as_object().into_iter().flatten() {
        if !places.any(|place| place == name) {
            found.push(format!("{name} is unknown or out of order"));
        }
        let rules = known.get(name).into_iter();
        found.extend(rules.flat_map(|rules| breaches(root, rules, member)));
    }
    found
}

fn items(root: &Value, rules: &Value, value: &Value) -> Vec<String> {
    let items = value.as_array().into_iter().flatten();
    items.flat_map(|item| breaches(root, rules, item)).collect()
}

/// The keywords that look at one value alone.
fn keeps(keyword: &str, rule: &Value, value: &Value) -> bool {
    let (object, array) = (value.as_object(), value.as_array());
    let limit = || usize::try_from(rule.as_u64().unwrap()).unwrap();
    match keyword {
        "const" => value == rule,
        "enum" => rule.as_array().unwrap().contains(value),
        "type" => is_of_type(rule.as_str().unwrap(), value),
        "minimum" => value.as_f64() >= rule.as_f64(),
        "maximum" => value.as_f64() <= rule.as_f64(),
        "pattern" => matches(rule.as_str().unwrap(), value.as_str().unwrap()),
        "minItems" => array.is_none_or(|array| array.len() >= limit()),
        "maxItems" => array.is_none_or(|array| array.len() <= limit()),
        "minProperties" => object.is_none_or(|object| object.len() >= limit()),
        "required" => object.is_none_or(|object| has_all(rule, object)),
        "dependentRequired" => object.is_none_or(|object| {
            let mut rules = rule.as_object().unwrap().iter();
            rules.all(|(name, others)| !object.contains_key(name) || has_all(others, object))
        }),
        _ => panic!("{keyword}: not a word that this test knows"),
    }
}

fn has_all(names: &Value, object: &Map<String, Value>) -> bool {
    let mut names = names.as_array().unwrap().iter();
    names.all(|name| object.contains_key(name.as_str().unwrap()))
}

fn is_of_type(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        _ => panic!("{name}: not a type that this test knows"),
    }
}

/// The patterns of the schema, spelt out.
fn matches(pattern: &str, text: &str) -> bool {
    let digits = |text: &str| text.len() == 1 && text.bytes().all(|octet| octet.is_ascii_digit());
    match pattern {
        "^([0-9a-f]{2})*$" => {
            let is_hex = |octet| matches!(octet, b'0'..=b'9' | b'a'..=b'f');
            text.len().is_multiple_of(2) && text.bytes().all(is_hex)
        }
        r"^(none|F?S?R?P?\.?U?E?W?)$" => {
            let mut letters = "FSRP.UEW".chars();
            text == "none"
                || text
                    .chars()
                    .all(|flag| letters.any(|letter| letter == flag))
        }
        r"^\^?[SHADFRTWGIQshadfrtwgiq]{0,31}$" => {
            let letters = text.strip_prefix('^').unwrap_or(text);
            letters.len() <= 31
                && letters
                    .chars()
                    .all(|letter| "SHADFRTWGIQshadfrtwgiq".contains(letter))
        }
        "^[1-4](-[1-4])?/[34]$" => text.split_once('/').is_some_and(|(places, of)| {
            matches!(of, "3" | "4") && places.split('-').all(digits) && places.len() <= 3
        }),
        _ => panic!("{pattern}: not a pattern that this test knows"),
    }
}

/// A validator that finds nothing wrong with anything would let all pass.
#[test]
fn a_breach_is_found() {
    let root: Value = serde_json::from_str(
        r##"{
            "$defs": {"word": {"enum": ["a", "b"]}},
            "type": "object",
            "properties": {
                "number": {"type": "integer", "minimum": 1, "maximum": 9},
                "word": {"$ref": "#/$defs/word"},
                "list": {"type": "array", "items": {"const": true}, "minItems": 1}
            },
            "required": ["number"],
            "dependentRequired": {"word": ["list"]},
            "additionalProperties": false
        }"##,
    )
    .unwrap();
    let of = |text: &str| breaches(&root, &root, &serde_json::from_str(text).unwrap()).len();
    assert_eq!(of(r#"{"number":1,"word":"a","list":[true]}"#), 0);
    for broken in [
        "{}",
        r#"{"number":0}"#,
        r#"{"number":1.5}"#,
        r#"{"number":10}"#,
        r#"{"number":1,"other":1}"#,
        r#"{"number":1,"word":"a"}"#,
        r#"{"number":1,"word":"c","list":[true]}"#,
        r#"{"number":1,"list":[]}"#,
        r#"{"number":1,"list":[1]}"#,
        r#"{"list":[true],"number":1}"#,
        "[]",
    ] {
        assert_eq!(of(broken), 1, "{broken}");
    }
}
