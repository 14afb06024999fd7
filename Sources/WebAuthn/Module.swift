// WebAuthn: verification of the ceremonies of passkeys (WebAuthn Level 3 §7.1 and §7.2).
//
// Pure: no store and no clock. Signatures, curves and keys are those of libfido2, CBOR that of libcbor;
// what both leave out (client data, flags, counters, trailing bytes, sizes) is here. Every length is
// checked before C sees it.
// May import: Bytes, CCBOR, CFIDO2, Crypto, JSON.
// Begin with `Ceremonies/RelyingParty+Registration.swift`.
