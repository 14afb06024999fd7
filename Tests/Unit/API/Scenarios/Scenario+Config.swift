import Auth
import HTTP
import TestSupport

extension Scenario {
    private static func update(_ body: String, as person: Person = .owner) -> String {
        post("/auth/config/update", body, "Cookie: session_token={\(person).cookie}")
    }

    private static let standard =
        #"{"nativeSignin":true,"register":true,"signup":true,"approval":true,"#
        + #""requireEmailVerification":false,"passkeys":true,"mail":true,"sso":false,"providers":[],"#
        + ##""siteName":"lunauth","siteAccent":"#30528c","siteSupport":null}"##

    static let config: [Scenario] = [
        Scenario("public", get("/auth/config"), .ok, [standard]),
        Scenario(
            "public, without a transport", get("/auth/config"), .ok, [#""mail":false"#]
        ) { $0.site.sendsMail = false },
        Scenario(
            "public, at an address that is no name", get("/auth/config"), .ok,
            [#""passkeys":false"#]
        ) { $0.site.website = "http://127.0.0.1:8080" },
        Scenario("what it shows may be sent back", update(standard), .ok, [#""success":true"#]),
        Scenario(
            "what it shows and no request changes",
            update(#"{"sso":true,"providers":["x"],"mail":false}"#), .badRequest,
            [
                #""sso":"cannot be changed here""#, #""providers":"cannot be changed here""#,
                #""mail":"cannot be changed here""#,
            ]),
        Scenario(
            "members that are unknown are all named",
            update(#"{"signup":false,"Register":false,"tenant":{"a":[1e999]},"approval":1}"#),
            .badRequest,
            [
                #""Register":"is unknown""#, #""tenant":"is unknown""#,
                #""approval":"must be true or false""#,
            ]),
        Scenario("a member that is unknown changes nothing", get("/auth/config"), .ok, [standard]) {
            $0.before = [update(#"{"signup":false,"x":null}"#)]
        },
        Scenario(
            "the owner changes what setup stored",
            update(#"{"websiteUrl":"https://new.example","retentionPeriod":"30d"}"#), .ok,
            [
                #""websiteUrl":"https://new.example","migrationType":"automatic","#
                    + #""retentionPeriod":"30d""#
            ]),
        Scenario(
            "an admin does not change what setup stored",
            update(#"{"retentionPeriod":"30d"}"#, as: .admin), .forbidden,
            [#""code":"forbidden""#]
        ) { $0.reason = .notOwner },
        Scenario(
            "no key changes what setup stored",
            post(
                "/auth/config/update", #"{"websiteUrl":"https://new.example"}"#,
                "Authorization: Bearer {owner.fullKey}"), .forbidden,
            [#""code":"api_key_not_allowed""#]),
        Scenario(
            "another site wants a fresh proof", update(#"{"websiteUrl":"https://new.example"}"#),
            .forbidden, [#""code":"reauthentication_required""#]
        ) {
            $0.before = [get("/auth/me", "Cookie: session_token={owner.cookie}")]
            $0.elapsing = 601
        },
        Scenario(
            "another site with the password",
            update(
                #"{"websiteUrl":"https://new.example","password":"\#(Person.password)"}"#), .ok
        ) {
            $0.before = [get("/auth/me", "Cookie: session_token={owner.cookie}")]
            $0.elapsing = 601
        },
        Scenario(
            "the owner names the site and chooses its colour",
            update(
                ##"{"siteName":"Luna","siteAccent":"#0A7D5A","siteSupport":"help@example.org"}"##),
            .ok,
            [
                ##""siteName":"Luna","siteAccent":"#0a7d5a","siteSupport":"help@example.org"}"##
            ]),
        Scenario(
            "null and an empty text remove what the owner chose",
            update(#"{"siteName":null,"siteAccent":""}"#), .ok,
            [##""siteName":"lunauth","siteAccent":"#30528c","siteSupport":"https://a.b/c"}"##]
        ) {
            $0.before = [
                update(
                    ##"{"siteName":"Luna","siteAccent":"#0a7d5a","siteSupport":"https://a.b/c"}"##)
            ]
        },
        Scenario(
            "what the site cannot be called is named",
            update(#"{"siteName":7,"siteAccent":"red","siteSupport":"javascript:alert(1)"}"#),
            .badRequest,
            [
                #""siteName":"must be a string""#,
                ##""siteAccent":"must be a colour of the form #rrggbb""##,
                #""siteSupport":"must be an email address, or an http:// or https:// URL""#,
            ]),
        Scenario(
            "an admin does not name the site", update(#"{"siteName":"Luna"}"#, as: .admin),
            .forbidden, [#""code":"forbidden""#]
        ) { $0.reason = .notOwner },
        Scenario(
            "an admin sends back what is in effect", update(standard, as: .admin), .ok,
            [#""siteName":"lunauth""#]),
        Scenario(
            "what setup stored is never null",
            update(#"{"websiteUrl":null,"retentionPeriod":7}"#), .badRequest,
            [
                #""websiteUrl":"must be a string""#, #""retentionPeriod":"must be a string""#,
            ]),
        Scenario(
            "a change by an unauthenticated client", post("/auth/config/update", "{}"),
            .unauthorized,
            [
                "unauthenticated"
            ]),
        Scenario(
            "a customer changes nothing", update("{}", as: .customer), .forbidden,
            [
                #""code":"forbidden""#
            ]),
        Scenario("a member changes nothing", update("{}", as: .member), .forbidden),
        Scenario("a disabled account changes nothing", update("{}", as: .disabled), .unauthorized),
        Scenario(
            "the owner changes one member", update(#"{"signup":false}"#), .ok,
            [
                #"{"success":true,"nativeSignin":true,"register":true,"signup":false,"approval":true,"#
            ]),
        Scenario(
            "an admin changes all",
            update(
                #"{"nativeSignin":false,"register":false,"signup":false,"approval":false}"#,
                as: .admin),
            .ok, [#""nativeSignin":false,"register":false,"signup":false,"approval":false"#]),
        Scenario(
            "a token will do",
            post(
                "/auth/config/update", "{}", "Authorization: Bearer {owner.token}"), .ok),
        Scenario(
            "nothing changes nothing", update("{}"), .ok,
            [
                standard.replacing("{", with: #"{"success":true,"#)
            ]),
        Scenario("no body changes nothing", update(""), .ok),
        Scenario(
            "what is not a boolean is named",
            update(
                #"{"nativeSignin":"false","register":null,"signup":0,"approval":[]}"#), .badRequest,
            [
                #""nativeSignin":"must be true or false""#, #""register":"must be true or false""#,
                #""signup":"must be true or false""#, #""approval":"must be true or false""#,
            ]),
        Scenario(
            "addresses cannot be asked to be confirmed without a transport",
            update(#"{"requireEmailVerification":true}"#), .badRequest,
            [#""requireEmailVerification":"needs a mail.transport"#]
        ) { $0.site.sendsMail = false },
        Scenario("one fault changes nothing", get("/auth/config"), .ok, [standard]) {
            $0.before = [update(#"{"signup":false,"register":1}"#)]
        },
        Scenario("the next request sees it", get("/auth/config"), .ok, [#""approval":false"#]) {
            $0.before = [update(#"{"approval":false}"#)]
        },
        Scenario(
            "absent members keep their value", get("/auth/config"), .ok,
            [
                #""signup":false,"approval":false"#
            ]
        ) { $0.before = [update(#"{"approval":false}"#), update(#"{"signup":false}"#)] },
        Scenario(
            "a switch ends no session",
            get(
                "/auth/me", "Cookie: session_token={customer.cookie}"), .ok
        ) {
            $0.before = [
                get("/auth/me", "Cookie: session_token={customer.cookie}"),
                update(#"{"nativeSignin":false}"#),
            ]
        },
    ]
}
