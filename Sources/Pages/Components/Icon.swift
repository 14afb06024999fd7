/// A pictogram beside text, which it never replaces: assistive technology skips it.
enum Icon: Sendable, CaseIterable {
    case clock, copy, error, info, key, laptop, lock, mail, passkey, person, phone, shield, success
    case terminal, warning

    /// The shapes in a square of 20 units.
    fileprivate var shapes: HTML {
        switch self {
        case .clock:
            html {
                circle("10", "10", "7.5"); path("M10 5.8V10l2.8 2")
            }
        case .copy:
            html {
                rect(x: "7", y: "7", width: "9.5", height: "9.5", radius: "1.8")
                path(
                    "M4.5 12.8H4a1.3 1.3 0 0 1-1.3-1.3V4.2A1.3 1.3 0 0 1 4 2.9h7.3a1.3 1.3 0 0 1 "
                        + "1.3 1.3v.5")
            }
        case .error:
            html {
                path("M6.9 2.5h6.2l4.4 4.4v6.2l-4.4 4.4H6.9l-4.4-4.4V6.9Z")
                path("M10 6v4.6M10 13.4v.1")
            }
        case .info:
            html {
                circle("10", "10", "7.5"); path("M10 9.2v4.6M10 6.4v.1")
            }
        case .key:
            html {
                circle("7", "13", "3.5"); path("m9.6 10.4 6.4-6.4M13 7l2.2 2.2")
            }
        case .laptop:
            html {
                rect(x: "4", y: "4", width: "12", height: "8.5", radius: "1.2")
                path("M2.2 15.5h15.6")
            }
        case .lock:
            html {
                rect(x: "4.2", y: "9", width: "11.6", height: "8", radius: "1.8")
                path("M6.8 9V6.3a3.2 3.2 0 0 1 6.4 0V9")
            }
        case .mail:
            html {
                rect(x: "2.5", y: "4.5", width: "15", height: "11", radius: "1.8")
                path("m3 6 7 5 7-5")
            }
        case .passkey:
            html {
                circle("7.5", "6.5", "3")
                path("M2.5 16.5c0-3 2.2-5 5-5 1 0 1.9.2 2.7.7")
                circle("14.5", "10.5", "2.3")
                path("M14.5 12.8v4.7m0-2.3h1.8")
            }
        case .person:
            html {
                circle("10", "6.8", "3.3")
                path("M3.5 17c.6-3.4 3.2-5.2 6.5-5.2s5.9 1.8 6.5 5.2")
            }
        case .phone:
            html {
                rect(x: "6", y: "2.5", width: "8", height: "15", radius: "1.8")
                path("M9.2 15h1.6")
            }
        case .shield: path("M10 2.5 16.5 5v4.6c0 4-2.7 6.7-6.5 8-3.8-1.3-6.5-4-6.5-8V5Z")
        case .success:
            html {
                circle("10", "10", "7.5"); path("m6.8 10.2 2.2 2.2 4.2-4.6")
            }
        case .terminal:
            html {
                rect(x: "2.5", y: "3.5", width: "15", height: "13", radius: "1.8")
                path("m5.8 7.5 2.7 2.5-2.7 2.5m4.7.3h3.7")
            }
        case .warning:
            html {
                path("M10 3.2 17.6 16.4H2.4Z"); path("M10 8.2v3.6M10 14v.1")
            }
        }
    }
}

/// The pictogram.
func icon(_ icon: Icon) -> HTML {
    element(
        "svg", .class("icon"), Attribute("viewBox", "0 0 20 20"), .aria(.hidden, "true")
    ) { icon.shapes }
}

private func path(_ data: String) -> HTML { element("path", Attribute("d", data)) {} }

private func circle(_ x: String, _ y: String, _ radius: String) -> HTML {
    element("circle", Attribute("cx", x), Attribute("cy", y), Attribute("r", radius)) {}
}

private func rect(
    x: String, y: String, width: String, height: String, radius: String
) -> HTML {
    element(
        "rect", Attribute("x", x), Attribute("y", y), Attribute("width", width),
        Attribute("height", height), Attribute("rx", radius)
    ) {}
}
