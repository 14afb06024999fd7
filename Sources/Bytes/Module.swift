// Bytes: ASCII, decimal numbers, escaping and wiping, for every module that reads bytes from outside.
//
// Text from outside stays bytes until it has been checked: `String` compares by canonical equivalence
// and `Character` joins `\r\n`, so neither can decide what a header, a token or a number is.
// May import: nothing.
// Begin with `Decimal.swift`, then `ASCII.swift`.
