// Pages: the HTML pages, and the components they are made of.
//
// A page is a file whose name ends in `Page`, which declares its methods and paths and has their
// functions below; a long one is a folder, where form, state and sections have files of their own.
// A page on the method and path of an endpoint declares neither access nor limit: `Web` takes them
// from the endpoint.
// May import: Auth, Bytes, CZlib, Crypto, HTTP, QRCode, Web. Knows nothing of SQL and of the endpoints.
// Begin with `Pages.swift`, then `Passwords/ForgotPasswordPage.swift`.
