// Crypto: every cryptographic operation of lunauth, on the primitives of OpenSSL.
//
// Contains hashes, HMAC, HKDF, PBKDF2 with its PHC strings, AES-GCM, random bytes, comparison in
// constant time, secrets that wipe themselves, encodings, one-time codes, and JWT. Numbers from
// outside, such as iteration counts, are bounded before they are used.
// May import: Bytes, COpenSSL, JSON.
// Begin with `Secrets/Secret.swift`; a token's path is `JWT/JWTCodec.swift`.
