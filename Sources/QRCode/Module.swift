// QRCode: text as a QR Code symbol (ISO/IEC 18004), by libqrencode.
//
// A camera reads the address that gives an authenticator app its secret. The symbol is drawn in the
// page, never fetched from another host: its text is a secret.
// May import: CQREncode.
// Begin with `QRSymbol.swift`.
