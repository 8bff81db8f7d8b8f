//! Nothing that a capture holds, or is called, becomes markup.

use std::fs;

use crate::Page;
use crate::browser::{Browser, own_folder};
use crate::support::blocks::{interface, option, packet, section};
use crate::support::frame::Segment;

/// What would be run, or would end what stands around it, if it became markup.
const HOSTILE: &str = "</title></pre></style></script><script>alert(1)</script><img src=x onerror=alert(2)>\
                       \"'><svg onload=alert(3)>&lt;b&gt;<!--\u{1b}[2J";

/// Options of blocks that hold text: a comment, an interface's name and description,
/// hardware, system and application.
const COMMENT: u16 = 1;
const NAME: u16 = 2;
const DESCRIPTION: u16 = 3;

/// A capture in which every text is hostile, and a name of a file that is.
fn capture() -> Vec<u8> {
    let (client, server) = (
        "10.0.0.1:1000".parse().unwrap(),
        "10.0.0.2:80".parse().unwrap(),
    );
    let frames = [
        Segment::new(client, server, "S", 1, 0),
        Segment::new(server, client, "S.", 1, 2),
        Segment::new(client, server, ".", 2, 2),
        Segment::new(client, server, "P.", 2, 2).with_payload(20),
        Segment::new(server, client, "R", 2, 0),
    ];
    let texts = |codes: &[u16]| -> Vec<u8> {
        codes
            .iter()
            .flat_map(|code| option(*code, HOSTILE.as_bytes()))
            .collect()
    };
    let mut file = section(&texts(&[COMMENT, NAME, DESCRIPTION, 4]));
    file.extend(interface(1, 0, &texts(&[COMMENT, NAME, DESCRIPTION])));
    for mut frame in frames {
        if !frame.payload.is_empty() {
            frame.payload = HOSTILE.as_bytes().to_vec();
        }
        file.extend(packet(0, &frame.to_ethernet(), &texts(&[COMMENT])));
    }
    file
}

/// The page of such a capture from a file of such a name, and of standard input, so that
/// the interface's name stands in the title.
fn pages() -> [Page; 2] {
    let folder = own_folder();
    let path = folder.join("<script>alert(4)<\u{2215}script>&amp;\"' x.pcapng");
    fs::write(&path, capture()).unwrap();
    let by_name = Page::of(
        &[path.to_str().unwrap()],
        &["tcp[13] & 255 >= 0 and len < 2000"],
    );
    let _ = fs::remove_dir_all(folder);
    let ran = crate::support::program::run_with_input("report --html -r -", &capture());
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    [by_name, Page::from(ran.out)]
}

#[test]
fn nothing_of_a_capture_is_markup() {
    for page in pages() {
        let text = &page.text;
        for bad in [
            "<script>alert",
            "<img",
            "onload=alert(3)>",
            "<!--",
            "\u{1b}",
        ] {
            assert!(
                !text.contains(bad) || bad == "onload=alert(3)>" && text.contains("&lt;svg onload"),
                "{bad}"
            );
        }
        assert_eq!(text.matches("<script>").count(), 2);
        assert_eq!(text.matches("</script>").count(), 2);
        assert_eq!(text.matches("<style>").count(), 1);
        assert!(text.contains("&lt;script&gt;alert("));
    }
}

#[test]
fn a_browser_finds_the_texts_as_texts_and_runs_nothing_of_them() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    for page in pages() {
        browser.open(&page.path(), "");
        assert_eq!(browser.errors(), [""; 0]);
        let counts = "['script', 'style', 'img', 'svg[onload]', '[onerror]'].map(name => \
                      String(document.querySelectorAll(name).length))";
        assert_eq!(browser.texts(counts), ["2", "1", "0", "0", "0"]);
        let title = browser.value("document.title");
        assert!(
            title.as_str().unwrap().contains("<script>alert("),
            "{title}"
        );
        assert_eq!(
            browser.value("document.querySelector('h1').textContent"),
            title
        );
    }
}
