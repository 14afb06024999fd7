// Pages: the HTML pages, one file a page, and the components they are made of.
//
// A page's file declares its methods and paths and has their functions below. A page on the method
// and path of an endpoint declares neither access nor limit: `Web` takes them from the endpoint.
// May import: Auth, Bytes, CZlib, Crypto, HTTP, Web. Knows nothing of SQL and of the endpoints.
// Begin with `Pages.swift`, then `Passwords/ResetPasswordPage.swift`.
