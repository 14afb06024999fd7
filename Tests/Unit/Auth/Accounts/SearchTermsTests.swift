import Testing

@testable import Auth

struct CaseFoldingTests {
    @Test(arguments: [
        ("Élodie", "éLODIE"), ("JOSÉ", "jose\u{301}"), ("Straße", "STRASSE"), ("ẞ", "ss"),
        ("Σίσυφος", "ΣΊΣΥΦΟΣ"), ("Иван", "ИВАН"), ("Ǆ", "ǆ"), ("ﬁ", "FI"), ("Ω", "\u{3C9}"),
        ("\u{212B}", "å"), ("ᾀ", "ἈΙ"), ("Ꮳ", "ꮳ"), ("İ", "i\u{307}"), ("Ａ", "ａ"),
        ("❤\u{FE0F}", "❤"), ("می\u{200C}خواهم", "میخواهم"), ("a\u{323}\u{307}", "A\u{307}\u{323}"),
    ])
    func `texts that differ only in case or normal form fold to the same text`(
        left: String, right: String
    ) {
        #expect(left.caseFolded.unicodeScalars.elementsEqual(right.caseFolded.unicodeScalars))
    }

    @Test(arguments: [
        ("elodie", "élodie"), ("i", "ı"), ("o", "ø"), ("ss", "s"), ("е", "e"), ("ä", "ae"),
    ])
    func `different letters and accents stay distinct`(left: String, right: String) {
        #expect(left.caseFolded != right.caseFolded)
    }
}

struct SearchTermsTests {
    private func terms(_ name: String, _ address: String = "a@b.cc") -> Set<String> {
        SearchTerms.of(name: name, address: address)
            .subtracting(SearchTerms.of(name: "", address: "a@b.cc"))
    }

    @Test func `a name is indexed by its words and an address by its parts`() {
        #expect(terms("Ada Lovelace-King") == ["ada", "lovelace", "king"])
        #expect(terms("O'Brien, J. R.") == ["o", "brien", "j", "r"])
        #expect(
            SearchTerms.of(name: "", address: "first.last+tag@mail.example.org") == [
                "first", "last", "tag", "mail", "example", "org",
                "first.last+tag@mail.example.org", "@mail.example.org",
            ])
        #expect(terms("@ada 100% \\o/") == ["ada", "@ada", "100", "o"])
        #expect(terms(" \u{3000}'\" ") == [])
    }

    @Test func `a text without blanks is indexed from each ideograph on`() {
        #expect(terms("李小龙") == ["李小龙", "小龙", "龙"])
        #expect(terms("山田さくら") == ["山田さくら", "田さくら"])
    }

    @Test func `the length of a search term is limited`() {
        let long = String(repeating: "x", count: 100)
        #expect(terms(long) == [String(repeating: "x", count: SearchTerms.maximumLength)])
        #expect(SearchTerms.sought(in: long) == Array(terms(long)))
        // The name with the most terms.
        let ideographs = String(repeating: "龙", count: 100)
        #expect(terms(ideographs).count == SearchTerms.maximumLength)
    }

    @Test(arguments: [
        ("Ada  love", ["ada", "love"]), ("ADA@Example", ["ada@example"]), ("@x.org", ["@x.org"]),
        ("example.org", ["example", "org"]), ("", []), ("%", []), ("?!", []), ("@", ["@"]),
        // A word that begins another word of the query is dropped.
        ("a ada ad", ["ada"]), ("ada ada", ["ada"]), ("ada a", ["ada"]),
        ("1 2 3 4 5 6 7 8 9", ["1", "2", "3", "4", "5", "6", "7", "8"]),
    ])
    func `a query is split into words, and an address is kept whole`(text: String, sought: [String])
    {
        #expect(SearchTerms.sought(in: text) == sought)
    }

    @Test(arguments: [
        ("STRASSE", true), ("strass", true), ("élodie", true), ("ELODIE", false), ("lodie", false),
        ("straße élo", true), ("élo other", false), ("@x.org", true), ("@org", false),
        ("org", true), ("rst", false), ("é", true), ("e", false), ("", false), ("-", false),
        ("first.one@", true), ("FIRST.ONE@X.O", true), ("first@", false), ("one@x", false),
    ])
    func `only the beginning of a term matches`(text: String, isFound: Bool) {
        let terms = SearchTerms.of(name: "E\u{301}lodie Straße", address: "first.one@x.org")
        #expect(SearchTerms.match(SearchTerms.sought(in: text), in: terms) == isFound)
    }
}
