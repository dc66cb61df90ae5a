use super::*;

/// As `function @ url[:line[:column]]`.
fn read(message: &str, stack: &str) -> Vec<String> {
    let written = |frame: Frame<'_>| {
        let mut text = String::new();
        frame.write_to(&mut text);
        text.strip_prefix("\n  at ").map(String::from).unwrap_or_default()
    };
    frames(message, stack).map(written).collect()
}

fn reads(line: &str, expected: &str) {
    assert_eq!(read("", line), [expected], "{line}");
}

fn skips(line: &str) {
    assert_eq!(read("", line), [""; 0], "{line}");
}

#[test]
fn writes_the_canonical_text() {
    let stack = "TypeError: x is undefined
    at renderPrice (https://cdn.example.com/app.3f2c.js:12:3456)
    at https://cdn.example.com/app.3f2c.js:1:99";
    let expected = "TypeError: x is undefined
  at renderPrice @ https://cdn.example.com/app.3f2c.js:12:3456
  at <anonymous> @ https://cdn.example.com/app.3f2c.js:1:99";
    assert_eq!(normalize("TypeError", "x is undefined", stack).as_deref(), Some(expected));
}

#[test]
fn an_error_without_name_is_an_error() {
    let text = normalize("", "oops", "oops\n    at f (https://a.example/x.js:1:2)");
    assert_eq!(text.as_deref(), Some("Error: oops\n  at f @ https://a.example/x.js:1:2"));
}

#[test]
fn the_canonical_text_is_its_own_canonical_text() {
    let text = "Error: oops
  at f [as g] @ https://a.example/x.js:1:2
  at <anonymous> @ https://a.example/app_bg.wasm:wasm-function[1]:0x1f2e
  at map @ [native code]
  at new Promise @ <anonymous>";
    assert_eq!(normalize("Error", "oops", text).as_deref(), Some(text));
}

#[test]
fn an_error_without_frames_is_its_name_and_message() {
    for stack in ["", "Error: oops"] {
        assert_eq!(normalize("Error", "oops", stack).as_deref(), Some("Error: oops"));
    }
}

#[test]
fn what_is_no_error_has_no_text_without_frames() {
    assert_eq!(normalize("", "oops", ""), None);
    assert_eq!(normalize("", "oops", "oops"), None);
}

#[test]
fn a_handling_stack_tells_what_was_called_and_leaves_out_the_shim() {
    let stack =
        "Error\n    at a (https://a.example/f.js:1:2)\n    at b (https://a.example/x.js:3:4)";
    let text = handling("console error", stack, 1);
    assert_eq!(text, "HandlingStack: console error\n  at b @ https://a.example/x.js:3:4");
    assert_eq!(handling("error", stack, 2), "HandlingStack: error");
}

#[test]
fn frames_of_webassembly_tell_their_module() {
    let module = |line| frames("", line).next().and_then(Frame::wasm_module);
    assert_eq!(
        module("    at wasm://wasm/0012ab:wasm-function[7]:0x1f"),
        Some("wasm://wasm/0012ab")
    );
    assert_eq!(
        module("f@https://a.example/app_bg.wasm:wasm-function[7]:0x1f"),
        Some("https://a.example/app_bg.wasm")
    );
    assert_eq!(module("<?>.wasm-function[7]@[wasm code]"), Some(""));
    assert_eq!(module("map@[native code]"), None);
    assert_eq!(module("    at f (https://a.example/app_bg.wasm:1:2)"), None);
}

#[test]
fn reads_the_parts_of_a_frame() {
    let stack = "    at f (https://a.example/x.js:12:3456)";
    let expected =
        Frame { function: "f", url: "https://a.example/x.js", line: Some(12), column: Some(3456) };
    assert_eq!(frames("", stack).collect::<Vec<_>>(), [expected]);
}

#[test]
fn reads_chrome() {
    let stack = "Error: boom
    at Cart.total (https://shop.example/assets/index-B3x9.js:1:20461)
    at new Cart (https://shop.example/assets/index-B3x9.js:1:19876)
    at Object.onClick [as handler] (https://shop.example/assets/index-B3x9.js:1:11)
    at Cart.<anonymous> (https://shop.example/assets/index-B3x9.js:1:12)
    at Function.<static_initializer> (https://shop.example/assets/index-B3x9.js:1:13)
    at Array.map (<anonymous>)
    at new Promise (<anonymous>)
    at async loadCart (https://shop.example/assets/index-B3x9.js:1:300)
    at async Promise.all (index 0)
    at async https://shop.example/assets/index-B3x9.js:1:301
    at HTMLButtonElement.<anonymous> (blob:https://shop.example/6a6d7a4b-8c8e:3:1)
    at https://shop.example/:40:7
    at <anonymous>:1:1";
    let expected = [
        "Cart.total @ https://shop.example/assets/index-B3x9.js:1:20461",
        "new Cart @ https://shop.example/assets/index-B3x9.js:1:19876",
        "Object.onClick [as handler] @ https://shop.example/assets/index-B3x9.js:1:11",
        "Cart.<anonymous> @ https://shop.example/assets/index-B3x9.js:1:12",
        "Function.<static_initializer> @ https://shop.example/assets/index-B3x9.js:1:13",
        "Array.map @ <anonymous>",
        "new Promise @ <anonymous>",
        "async loadCart @ https://shop.example/assets/index-B3x9.js:1:300",
        "async @ https://shop.example/assets/index-B3x9.js:1:301",
        "HTMLButtonElement.<anonymous> @ blob:https://shop.example/6a6d7a4b-8c8e:3:1",
        "<anonymous> @ https://shop.example/:40:7",
        "<anonymous> @ <anonymous>:1:1",
    ];
    assert_eq!(read("boom", stack), expected);
}

#[test]
fn reads_firefox() {
    let stack = "total@https://shop.example/assets/index-B3x9.js:1:20461
Cart@https://shop.example/assets/index-B3x9.js:1:19876
loadCart/<@https://shop.example/assets/index-B3x9.js:1:300
async*onClick@https://shop.example/assets/index-B3x9.js:1:11
promise callback*loadCart@https://shop.example/assets/index-B3x9.js:1:12
setTimeout handler*@https://shop.example/assets/index-B3x9.js:1:13
EventListener.handleEvent*@https://shop.example/:40:7
get value@moz-extension://5f4e8c1b/content.js:2:3
@https://shop.example/assets/index-B3x9.js:2:1
";
    let expected = [
        "total @ https://shop.example/assets/index-B3x9.js:1:20461",
        "Cart @ https://shop.example/assets/index-B3x9.js:1:19876",
        "loadCart/< @ https://shop.example/assets/index-B3x9.js:1:300",
        "async*onClick @ https://shop.example/assets/index-B3x9.js:1:11",
        "promise callback*loadCart @ https://shop.example/assets/index-B3x9.js:1:12",
        "setTimeout handler* @ https://shop.example/assets/index-B3x9.js:1:13",
        "EventListener.handleEvent* @ https://shop.example/:40:7",
        "get value @ moz-extension://5f4e8c1b/content.js:2:3",
        "<anonymous> @ https://shop.example/assets/index-B3x9.js:2:1",
    ];
    assert_eq!(read("boom", stack), expected);
}

#[test]
fn reads_safari() {
    let stack = "total@https://shop.example/assets/index-B3x9.js:1:20461
https://shop.example/assets/index-B3x9.js:1:19876
map@[native code]
eval code
eval@[native code]
anonymous@https://shop.example/assets/index-B3x9.js:1:12
module code@https://shop.example/assets/index-B3x9.js:2:1
promiseReactionJob@[native code]
global code@https://shop.example/:40:7";
    let expected = [
        "total @ https://shop.example/assets/index-B3x9.js:1:20461",
        "<anonymous> @ https://shop.example/assets/index-B3x9.js:1:19876",
        "map @ [native code]",
        "eval @ [native code]",
        "anonymous @ https://shop.example/assets/index-B3x9.js:1:12",
        "module code @ https://shop.example/assets/index-B3x9.js:2:1",
        "promiseReactionJob @ [native code]",
        "global code @ https://shop.example/:40:7",
    ];
    assert_eq!(read("boom", stack), expected);
}

#[test]
fn webassembly_frames_keep_their_whole_locator() {
    reads(
        "    at app::parse::h1f (wasm://wasm/0012ab:wasm-function[120]:0x1f2e)",
        "app::parse::h1f @ wasm://wasm/0012ab:wasm-function[120]:0x1f2e",
    );
    reads(
        "    at https://a.example/app_bg.wasm:wasm-function[120]:0x1f2e",
        "<anonymous> @ https://a.example/app_bg.wasm:wasm-function[120]:0x1f2e",
    );
    reads(
        "wasm-function[120]@https://a.example/app_bg.wasm:wasm-function[120]:0x1f2e",
        "wasm-function[120] @ https://a.example/app_bg.wasm:wasm-function[120]:0x1f2e",
    );
    reads("<?>.wasm-function[120]@[wasm code]", "<?>.wasm-function[120] @ [wasm code]");
    reads(
        "f@https://a.example/x.js line 9 > WebAssembly.Module:wasm-function[1]:0x7",
        "f @ https://a.example/x.js line 9 > WebAssembly.Module:wasm-function[1]:0x7",
    );
}

#[test]
fn code_of_eval_collapses_to_where_it_was_called() {
    reads(
        "    at eval (eval at run (https://a.example/x.js:10:5), <anonymous>:1:1)",
        "eval @ https://a.example/x.js:10:5",
    );
    reads(
        "    at g (eval at f (eval at run (https://a.example/a(1).js:10:5), <anonymous>:1:1), <anonymous>:1:7)",
        "g @ https://a.example/a(1).js:10:5",
    );
    reads(
        "    at g (eval at f (eval at run (https://a.example/x.js:10:5)), <anonymous>:1:30)",
        "g @ https://a.example/x.js:10:5",
    );
    reads(
        "    at eval (eval at run (https://a.example/x.js:10:5))",
        "eval @ https://a.example/x.js:10:5",
    );
    reads("    at eval (eval at f (:302:29), <anonymous>:1:9)", "eval @ <anonymous>:302:29");
    reads("    at f (eval at native, <anonymous>:1:9)", "f @ eval at native, <anonymous>:1:9");
    reads("@https://a.example/x.js line 12 > eval:1:1", "<anonymous> @ https://a.example/x.js:12");
    reads(
        "f@https://a.example/x.js line 12 > eval line 3 > eval:1:7",
        "f @ https://a.example/x.js:12",
    );
    reads("f@https://a.example/x.js line 12 > Function:1:7", "f @ https://a.example/x.js:12");
}

#[test]
fn a_url_may_look_like_the_origin_of_eval() {
    reads("f@https://a.example/a line 1.js:1:7", "f @ https://a.example/a line 1.js:1:7");
    reads("f@https://a.example/a line b > c.js:1:7", "f @ https://a.example/a line b > c.js:1:7");
    reads("f@https://a.example/a line 1: > b.js:1:7", "f @ https://a.example/a line 1: > b.js:1:7");
    reads("f@https://a.example/a line 1 b.js:1:7", "f @ https://a.example/a line 1 b.js:1:7");
}

#[test]
fn any_scheme_and_path_is_a_location() {
    for url in [
        "file:///srv/shop/a.html",
        "chrome-extension://abcdef/content.js",
        "webpack-internal:///./src/x.js",
        "capacitor://localhost/app.js",
        "http://localhost:8080",
        "blob:null/6a6d7a4b",
        "svn+ssh://a.example/x.js",
        "x://a.example/x.js",
        "example.app://a.example/x.js",
    ] {
        reads(&format!("    at f ({url}:1:2)"), &format!("f @ {url}:1:2"));
        reads(&format!("    at {url}:1:2"), &format!("<anonymous> @ {url}:1:2"));
        reads(&format!("f@{url}:1:2"), &format!("f @ {url}:1:2"));
    }
    for url in
        ["C:\\Program Files\\app.js", "/Users/My Name/app.js", "index.bundle", "about:srcdoc"]
    {
        reads(&format!("    at f ({url}:1:2)"), &format!("f @ {url}:1:2"));
        reads(&format!("    at {url}:1:2"), &format!("<anonymous> @ {url}:1:2"));
    }
}

#[test]
fn urls_may_contain_what_separates_them() {
    for url in [
        "https://a.example/npm/@scope/pkg@1.2.3/x.js",
        "https://a.example/a(1)/b.js",
        "https://a.example/Program Files (x86)/x.js",
        "https://me@a.example:8080/x.js?at=1:2@3",
    ] {
        reads(&format!("    at f ({url}:1:2)"), &format!("f @ {url}:1:2"));
        reads(&format!("    at {url}:1:2"), &format!("<anonymous> @ {url}:1:2"));
        reads(&format!("f@{url}:1:2"), &format!("f @ {url}:1:2"));
        reads(&format!("{url}:1:2"), &format!("<anonymous> @ {url}:1:2"));
    }
}

#[test]
fn functions_may_contain_what_separates_them() {
    reads("    at A.b (c) (https://a.example/x.js:1:2)", "A.b (c) @ https://a.example/x.js:1:2");
    reads("me@home@https://a.example/x.js:1:2", "me@home @ https://a.example/x.js:1:2");
}

#[test]
fn native_frames_have_the_url_native() {
    reads("    at Array.forEach (native)", "Array.forEach @ native");
}

#[test]
fn a_frame_without_position_is_read() {
    reads("    at f (https://a.example/x.js)", "f @ https://a.example/x.js");
    reads("f@https://a.example/x.js", "f @ https://a.example/x.js");
    reads("    at f (https://a.example/x.js:7)", "f @ https://a.example/x.js:7");
    reads("f@https://a.example/x.js:", "f @ https://a.example/x.js:");
    reads("f@https://a.example/x.js:7:0", "f @ https://a.example/x.js:7");
    reads("f@https://a.example/x.js:0:7", "f @ https://a.example/x.js");
}

#[test]
fn numbers_that_do_not_fit_stay_in_the_url() {
    let most = "f@https://a.example/x.js:4294967295:1";
    reads(most, "f @ https://a.example/x.js:4294967295:1");
    assert_eq!(frames("", most).next().and_then(|frame| frame.line), Some(u32::MAX));
    let more = frames("", "f@https://a.example/x.js:4294967296").next();
    assert_eq!(more.map(|frame| frame.url), Some("https://a.example/x.js:4294967296"));
    let shifted = frames("", "f@https://a.example/x.js:42949672950").next();
    assert_eq!(shifted.map(|frame| frame.url), Some("https://a.example/x.js:42949672950"));
}

#[test]
fn the_function_need_not_be_apart_from_its_location() {
    reads("    at A.b(https://a.example/x.js:1:2)", "A.b @ https://a.example/x.js:1:2");
    reads("    at eval code (eval code:1:2)", "eval code @ eval code:1:2");
}

#[test]
fn native_code_and_bundles_are_locations_too() {
    reads("[native code]", "<anonymous> @ [native code]");
    reads("onPress@main.jsbundle:1:2", "onPress @ main.jsbundle:1:2");
    reads("main.jsbundle:1:2", "<anonymous> @ main.jsbundle:1:2");
}

#[test]
fn modules_of_node_are_not_the_pages() {
    skips("    at Module._compile (node:internal/modules/cjs/loader:1105:14)");
    skips("    at node:internal/main/run_main_module:17:47");
}

#[test]
fn other_lines_are_no_frames() {
    for line in [
        "",
        "Error",
        "    at",
        "    at ",
        "    at home",
        "    at f (index 0)",
        "    at a quarter past 12:15",
        "ask admin@example.com:8080",
        "https://a.example/not-loaded.js",
        "f@",
        "eval code",
        "://a.example/x.js:1:2",
        "https:/a.example/x.js:1:2",
    ] {
        skips(line);
    }
}

#[test]
fn lines_may_end_with_a_carriage_return() {
    let expected = ["f @ https://a.example/x.js:1:2", "g @ https://a.example/x.js:3:4"];
    let stack = "f@https://a.example/x.js:1:2\r\ng@https://a.example/x.js:3:4\r\n";
    assert_eq!(read("", stack), expected);
}

#[test]
fn a_message_that_looks_like_frames_is_none() {
    let message =
        "no\n    at fake (https://a.example/fake.js:1:1)\nfake@https://a.example/x.js:1:1";
    for header in ["Error: ", "ns:NamedLater: ", ""] {
        let stack = format!("{header}{message}\n    at f (https://a.example/x.js:1:2)");
        assert_eq!(read(message, &stack), ["f @ https://a.example/x.js:1:2"], "{header}");
    }
}

#[test]
fn a_message_is_only_skipped_in_the_first_line_and_as_a_whole() {
    let expected = ["f @ https://a.example/x.js:1:2"];
    assert_eq!(read("f", "f@https://a.example/x.js:1:2"), expected);
    assert_eq!(read("no", "Error: nothing\nf@https://a.example/x.js:1:2"), expected);
    let quoted = "f@https://a.example/x.js:1:2\nsaid: no";
    assert_eq!(read("no", quoted), expected);
}

#[test]
fn as_many_frames_are_read_as_gecko_writes() {
    let stack = "f@https://a.example/x.js:1:2\n".repeat(129);
    assert_eq!(frames("", &stack).count(), 128);
    assert_eq!(MAX_FRAMES, 128);
}
