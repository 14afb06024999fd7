// JSON: one strict reader and one writer (RFC 8259), for bodies, configuration, log and tokens.
//
// The reader rejects what others accept or guess: repeated members, trailing commas, invalid UTF-8,
// deep nesting, too many values. It reports where a text is wrong.
// May import: Bytes.
// Begin with `JSONValue.swift`, the value, then `JSONScanner.swift`.
