package lessons

import (
	"fmt"
	"strings"
)

const frontMatter = "---\ntitle: Hostile\nsummary: A lesson that means no good.\nminutes: 1\nscenario: workers=2&visitors=Ada\n---\n\n"

const firstStep = "## Step\n\n```sim\nuntil: 2s\n```\n\n"

// body gives a lesson with something in its step.
func body(text string) string { return frontMatter + firstStep + text + "\n" }

// front gives a lesson with other front matter.
func front(text string) string { return "---\n" + text + "\n---\n\n" + firstStep }

// block gives a lesson with a block in its step.
func block(name, yaml string) string { return body("```" + name + "\n" + yaml + "\n```") }

// hostile makes the malformed lessons, by name.
func hostile() map[string]string {
	all := map[string]string{}
	add := func(family string, texts ...string) {
		for i, text := range texts {
			all[fmt.Sprintf("%s-%02d", family, i+1)] = text
		}
	}
	many := strings.Repeat

	add("front",
		"", "\n", " ", "---", "---\n", "---\n---", "---\n\n---\n", "No front matter.\n", "## Step first\n", "--- \ntitle: x", "----\ntitle: x\n----\n",
		front("- a\n- b"), front("title"), front("title: [a]\nsummary: {b: c}\nminutes: 1\nscenario: workers=2"), front("title: a\ntitle: b\nsummary: c\nminutes: 1\nscenario: workers=2"),
		front("title:\nsummary:\nminutes:\nscenario:"), front("title: ~\nsummary: null\nminutes: null\nscenario: null"), front("Title: a\nSUMMARY: b"), front("title: a\nsummary: b\nminutes: 99999999999999999999\nscenario: workers=2"),
		front("title: a\nsummary: b\nminutes: -1\nscenario: workers=2"), front("title: a\nsummary: b\nminutes: 1e9\nscenario: workers=2"), front("title: "+many("a", 3000)+"\nsummary: b\nminutes: 1\nscenario: workers=2"),
		front("title: a\nsummary: b\nminutes: 1\nscenario: workers=2;rm -rf /"), front("title: a\nsummary: b\nminutes: 1\nscenario: '<script>alert(1)</script>=1'"),
		front("title: a\nsummary: b\nminutes: 1\nscenario: workers=2&do=1s crash 1"), front("title: a\nsummary: b\nminutes: 1\nscenario: "+many("workers=2&", 300)), front("title: a\nsummary: b\nminutes: 1\nscenario: workers=2\nneeds: [../../etc/passwd]"),
		front("title: a\nsummary: b\nminutes: 1\nscenario: workers=2\nonload: alert(1)"), front("\ttitle: a"), front("title: \"a\\0b\"\nsummary: b\nminutes: 1\nscenario: workers=2"), front("title: \"a\\u202Eb\"\nsummary: b\nminutes: 1\nscenario: workers=2"))

	handlers := func(yaml string) string {
		return front("title: a\nsummary: b\nminutes: 1\nscenario: workers=2\nhandlers:\n" + yaml)
	}
	add("handlers",
		handlers("  [vote]"), handlers("  vote"), handlers("  vote:"), handlers("  vote: ~"), handlers("  vote: []"), handlers("  vote: [[incr a]]"), handlers("  vote: {steps: {a: b}}"), handlers("  ? [a]\n  : [incr a]"),
		handlers("  constructor: {steps: [read session constructor]}"), handlers("  vote: {steps: [incr a], says: {200: {200: a}}}"), handlers("  vote: {steps: [incr a], says: []}"), handlers("  vote: {steps: [incr a], word: ''}"),
		handlers("  vote: {steps: [incr a], says: \"a\\0b\"}"), handlers("  vote: {steps: [incr a], says: \"{visitor}\\u2066b\"}"), handlers("  vote: {steps: [incr a], says: \"{{ logouts }}\"}"), handlers("  vote: {steps: [incr a], word: "+many("a", 3000)+"}"),
		handlers("  vote: ["+many("incr a, ", 99)+"incr a]"), handlers(many("  a: [incr a]\n", 50)), handlers("  "+many("a", 3000)+": [incr a]"), handlers("  vote: [\"compute 99h\"]"),
		front("title: a\nsummary: b\nminutes: 1\nscenario: 'workers=2&handlers=vote: incr a'\nhandlers: {vote: [incr a]}"))
	add("ok-handlers",
		handlers("  vote: {steps: [incr a], word: '<b>&amp;</b>', says: '<script>{visitor}</script> ]] | {value}'}"), handlers("  constructor: [incr a]"), handlers("  vote: incr a, incr b"))

	laughs := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c <= 'i'; c++ {
		laughs += fmt.Sprintf("%c: &%c [%s*%c]\n", c, c, many(fmt.Sprintf("*%c,", c-1), 8), c-1)
	}
	add("yaml",
		front(laughs), block("sim", laughs), block("sim", "until: &u 1s\nfrom: *u"), block("sim", "<<: {until: 1s}"), block("sim", "until: !!binary aGVsbG8="), block("sim", "until: !!js/function 'alert(1)'"), block("sim", "until: !<tag:yaml.org,2002:str> 1s"),
		block("sim", many("[", 3000)), block("sim", many("{", 3000)), block("sim", many("{a: ", 900)), block("sim", many("- ", 1500)+"a"), block("sim", many("? ", 1500)+"a"), block("sim", deepYAML(300)), front(deepYAML(100)),
		block("sim", "until: 'never closed"), block("sim", "until: \"never closed"), block("sim", "until: [1s, 2s"), block("sim", "%YAML 1.2\n---\nuntil: 1s"), block("sim", "until: 1s\n---\nuntil: 2s"), block("sim", "until: 1s\n...\nfrom: 0s"),
		block("sim", "{until: 1s}}"), block("sim", "until: |\n"+many("  x\n", 500)), block("sim", ": :"), block("sim", "? until\n: 1s\n? [a]\n: b"), block("sim", "- until: 1s"), block("sim", many(" ", 3000)+"until: 1s\nfrom: 1s"), block("sim", "until: 1s\n\tfrom: 0s"),
		block("sim", "\"until\": 1s\nuntil: 2s"), block("predict", many("choices:\n- say: ", 40)), block("check", "- "+many("[", 50)+many("]", 50)))

	add("nested",
		body(many("> ", 500)+"a"), body(many(">", 1500)+"a"), body(many("- ", 500)+"a"), body(many("1. ", 500)+"a"), body(many("> - ", 300)+"a"), body(many("* + - ", 200)+"a"), body(deepList(40)), body(many(many("> ", 9)+"a\n", 200)), body(many("*a **b ", 900)+many("**c *", 100)),
		body("> "+deepList(20)), body(many("1) ", 9)+"a"), body(strings.ReplaceAll(deepList(30), "- ", "1. ")), body(many("_a*", 1000)+"\n\n"+many("_a*", 1000)))
	add("ok-nested", body(many("[", 3000)), body(many("![", 1500)), body(many("[a](", 900)), body(many("<", 3000)), body(many("(", 3000)), body(many("`a``b```c", 300)), body(many("&#", 1500)), body(many("\\", 3001)), body(many("~~a", 1000)),
		body(many("[a]: b\n", 1000)), body(many("a_", 1500)), body(many("*", 3000)))

	for i, html := range []string{
		"<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<scr\nipt>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<iframe src=javascript:alert(1)></iframe>",
		"<a href=javascript:alert(1)>x</a>", "<div style=\"position:fixed\">", "<style>*{display:none}</style>", "<form action=//evil.example><input name=a></form>", "<object data=x>", "<embed src=x>", "<meta http-equiv=refresh content=0>",
		"<base href=//evil.example>", "<link rel=stylesheet href=//evil.example>", "<math><mi xlink:href=data:x>", "<!-- a comment -->", "<!DOCTYPE html>", "<?php echo 1 ?>", "<![CDATA[x]]>", "<details open ontoggle=alert(1)>", "<b>bold</b>", "a <br/> b", "</div></main>",
		"<data value=\"0\"></data>", "<template><script>1</script></template>", "<x-y onclick=alert(1)>",
	} {
		all[fmt.Sprintf("html-%02d", i+1)] = body(html)
		all[fmt.Sprintf("html-inline-%02d", i+1)] = body("Some words " + html + " and more.")
	}
	add("html-in",
		block("predict", "ask: <img src=x onerror=alert(1)>\nchoices:\n- {say: a, when: requests > 0, feedback: b}\n- {say: c, when: requests == 0, feedback: d}"),
		block("predict", "ask: a\nchoices:\n- {say: <script>alert(1)</script>, when: requests > 0, feedback: b}\n- {say: c, when: requests == 0, feedback: <b>d}"),
		block("notes", "<script>alert(1)</script>"), block("notes", "[x](javascript:alert(1))"), block("sim", "until: 2s\n<script>: 1"), body("> <script>alert(1)</script>"), body("- a\n  <svg onload=alert(1)>"), body("| a |\n|---|\n| <img src=x onerror=1> |"),
		body("*<script>alert(1)</script>*"), body("[<img src=x onerror=1>](#step-1)"), frontMatter+"## <script>alert(1)</script>\n", frontMatter+"## Step {onclick=alert(1)}\n", frontMatter+"## Step {.machine onclick=alert(1)}\n", frontMatter+"## Step {style=\"x\"}\n",
		body("### Small {onclick=\"alert(1)\"}"), body("### Small {#a .b onmouseover=\"alert(1)\"}"))
	add("ok-html",
		body("`<script>alert(1)</script>`"), body("```html\n<script>alert(1)</script>\n<img src=x onerror=alert(1)>\n```"), body("    <script>alert(1)</script>"), body("&lt;script&gt;alert(1)&lt;/script&gt;"), body("\\<script>alert(1)\\</script>"),
		body("{{ \"<script>alert(1)</script>\" }}"), body("[x](/a \"\\\" onerror=\\\"alert(1)\")"), body("[x](</a?\"onerror=alert(1)>)"), front("title: <script>alert(1)</script>\nsummary: <img src=x onerror=alert(1)>\nminutes: 1\nscenario: workers=2"),
		body("`<data value=\"0\"></data>` {{ requests }}"), body("<svg/onload=alert(1)>"), body("### Small {onmouseover=alert(1)}"), body("[x](java\tscript:alert(1))"), body("1 < 2 and 3 > 2 & all"), block("notes", "`<script>`"))

	for i, to := range []string{
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)", "javascript&colon;alert(1)", "javascript&#58;alert(1)", "data:text/html,<script>alert(1)</script>", "data:image/svg+xml;base64,AAAA", "vbscript:x", "file:///etc/passwd",
		"//evil.example", "/\\evil.example", "\\\\evil.example", "///evil.example", "http:evil.example", "https:///evil", "ftp://a.example", "about:blank", "blob:x", "../../etc/passwd", "..", "A-Lesson", "01-a#nowhere", "#top", "?lang=ko", "mailto:nobody", "tel:1", "javascript://x/%0aalert(1)", "x:y",
	} {
		all[fmt.Sprintf("link-%02d", i+1)] = body("[x](" + to + ")")
	}
	add("link-other", body("<javascript:alert(1)>"), body("<data:text/html,x>"), body("[a][b]\n\n[b]: javascript:alert(1)"), body("![x](javascript:alert(1))"), body("![x](/a.png)"), body("[x](<javascript:alert(1)>)"), body("<vbscript:a@b.example>"))

	add("table",
		body(many("|a", 200)+"|\n"+many("|-", 200)+"|"), body("|a|b|\n|-|-|\n"+many("|1|2|\n", 150)), body(many("|", 3000)), body(many("a|", 1500)+"\n"+many("-|", 1500)), body(many("|a", 25)+"|\n"+many("|-", 25)+"|"), body("|a|\n|-|\n"+many("|"+many("x|", 60)+"\n", 20)),
		body("|a|\n|-|\n| {{ requests > 1 || hits > 1 }} |"))
	add("ok-table", body("|a|b|\n|:-|-:|\n"+many("|1|2|\n", 50)), body("|a|\n|-|\n|"), body("|-|\n|-|"), body("| {{ requests }} |\n|-|\n| `a\\|b` |"))

	add("fence",
		body("```sim"), body("```sim\nuntil: 1s"), body("```sim\nuntil: 1s\n```"), body("```predict\n```"), body("```challenge\n```"), body("```check\n```"), body("```prdict\nask: a\n```"), body("```<script>\na\n```"), body("- ```sim\n  until: 1s\n  ```"), body("> ```check\n> - requests > 0\n> ```"),
		body("```notes\na\n```\n\n```predict\n"), body("````notes\n```sim\nuntil: 1s\n```\n````"), body("```sim until: 1s\nuntil: 1s\n```"), frontMatter+"```sim\nuntil: 1s\n```\n\n"+firstStep, body("~~~challenge\ngoal: a\n~~~"), body("```js onclick=alert(1)\n"+many("a\n\n", 9)+"```\n\n```chek\n```"))
	add("fence-open", body("```js\nnever closed"), body(many("`", 3000)))
	add("ok-fence", body("~~~sh\nls\n~~~"), body("```\nplain\n```"), body("```js\n"+many("/*", 1500)+"\n```"), body("```html\n"+many("<a ", 1200)+"\n```"), body("```go\n"+many("\"", 1501)+"\n```"), body("```sh\n"+many("$(", 1500)+"\n```"))

	good := body("Words.")
	add("bytes",
		body("a\x00b"), "\x00", body("a\xffb"), body("\xc3\x28"), body("\xed\xa0\x80"), body("\xf8\x88\x80\x80\x80"), body("a\x1b[31mred"), body("a\x7fb"), body("a\u0085b"), body("a\u202eb\u202c"), body("a\u2066b\u2069"), "\xff\xfe"+good, "\xfe\xff"+good, utf16(good), body("a\x08b"), body("a\x0cb"),
		body(many("a", 60_000)), body(many("word ", 3000)), many("a", 70_000), good+many("word\n\n", 12_000), many("\n", 66_000), body(many("a\n", 6000)), body(many("한", 3000)), "---\n"+many("a", 5000)+"\n---\n")
	add("ok-bytes", "\xef\xbb\xbf"+good, strings.ReplaceAll(good, "\n", "\r\n"), strings.ReplaceAll(good, "\n", "\r"), "\xef\xbb\xbf"+strings.ReplaceAll(good, "\n", "\r\n"), strings.TrimSuffix(good, "\n"), body(many("한글 ", 300)), body(many("\n", 5000)), body(many("a\n\n", 5000)), body("e\u0301\u200d\ufe0f"))

	choice := "- {say: a, when: requests > 0, feedback: b}\n"
	add("block",
		block("predict", "ask: a\nchoices: []"), block("predict", "ask: a\nchoices:\n"+choice), block("predict", "ask: a\nchoices:\n"+many(choice, 7)), block("predict", "ask: a\nchoices:\n"+many(choice, 120)), block("predict", "ask: [a]\nchoices: b"), block("predict", "ask: |\n  a\n\n  b\nchoices:\n"+many(choice, 2)),
		block("challenge", "goal: a"), block("challenge", "goal: a\nmeet: []\nhints: []\nuntil: 9s\nsolutions: []"), block("challenge", "goal: a\nmeet:\n- {that: requests > 9, say: b}\nhints: [c]\nuntil: 99h\nsolutions:\n- {do: [1s crash 1]}"),
		block("challenge", "goal: a\nmeet:\n- {that: requests > 9, say: b}\nhints: [c]\nuntil: 9s\nsolutions:\n- {do: [1s rm -rf]}"), block("challenge", "goal: a\nmeet:\n- {that: requests > 9, say: b}\nhints: [c]\nuntil: 9s\nsolutions:\n- {set: worker=1}"),
		block("check", "that: requests > 0"), block("check", "- {that: requests > 0, at: -1s}"), block("check", "- {at: 1s}"), block("check", "- {that: requests > 0, at: 1h}"), block("check", "- [requests > 0]"), block("check", "- ''"), block("check", many("- requests > 0\n", 120)),
		body("```predict\nask: a\nchoices:\n"+many(choice, 2)+"```\n\n```predict\nask: a\nchoices:\n"+many(choice, 2)+"```"), frontMatter+"## No sim\n\nWords.\n", frontMatter+many("## Step\n\n```sim\nuntil: 1s\n```\n\n", 60), frontMatter+"# Title\n", frontMatter+"## \n", frontMatter+"Title\n=====\n")
	sim := func(yaml string) string { return frontMatter + "## Step\n\n```sim\n" + yaml + "\n```\n" }
	add("sim",
		sim("from: 1s"), sim("until: never"), sim("until: 99h"), sim("until: -5s"), sim("until: 0s"), sim("until: 5s\nfrom: 9s"), sim("until: 5s\nset: workers=0"), sim("until: 5s\nset: workers"), sim("until: 5s\nset: do=1s crash 1"), sim("until: 5s\ncontinue: true"), sim("until: 5s\ncontinue: maybe"),
		sim("until: 5s\ndo: [1s]"), sim("until: 5s\ndo: [crash 1]"), sim("until: 5s\ndo: {1s: crash}"), sim("until: 5s\ndo: [9s crash 1]"), sim("until: 5s\nspeed: 1000000"), sim("until: 5s\nspeed: NaN"), sim("until: 5s\ncontrols: [everything]"), sim("until: 5s\npoint: ['visitor \"><script>']"), sim("until: 5s\npoint: [worker 0]"),
		sim("until: 5s\nopen: window"), sim("until: 5s\nbeside: [visitors=9]"), sim("until: 5s\nbeside: [mode=store, mode=threads, mode=cookie, workers=3]"), sim("until: 5s\ndo: ["+many("1s crash 1, ", 200)+"]"))

	place := func(expr string) string { return body("{{ " + expr + " }}") }
	add("expr",
		place(""), place("nothing"), place("requests +"), place(many("(", 400)+"1"+many(")", 100)), place("1"+many("+1", 350)), place("1"+many("+1", 250)), place(many("!", 500)+"true"), place(many("-", 500)+"1"), place("let a = 'xxxx'; let b = a + a; b + b"), place("1..1000000000"), place("len(1..1000000000)"), place("repeat('x', 1000000000)"),
		place("reduce(events('request.done'), #acc + #acc, 'x')"), place("count(events('request.done'), count(events('request.sent'), true) > 0)"), place("count(events('request.done'), last(9).requests > 0)"), place("$env"), place("$env['mode']"), place("events('request.done')"), place("visitor"), place("visitor(1).hits"), place("visitor('Ada')"), place("true"),
		place("fromJSON('{}')"), place("now()"), place("date('2024-01-01')"), place("env.HOME"), place("requests.String()"), place("'a' matches '('"), place("1; 2"), place("{{ requests }}"), body("{{ requests"), body("{{ requests }"), body("{{"), body("a {{ 'never closed }}"), block("check", "- requests"), block("check", "- 'a'"), block("check", "- "+many("a", 700)), block("check", "- map(cores, .busy)"))
	add("ok-expr", place("requests"), place("requests > 1 ? 'a' : 1"), place("'}}'"), body("\\{{ requests }}"), body("`{{ nothing }}`"), place("count(events('request.done'), .status == 200)"), place("string(requests) + '<b>'"), place("strip('Ada') contains 'A' ? 'a' : 'b'"))
	add("run-expr", place("requests / 0"), place("visitor('Bob').hits"), place("worker(9).hits"), place("events('nothing')[0].ts"), place("events('worker.crashed')[0].ts"), place("last(0).hits"), place("counter('nowhere')"), place("value('nothing')"), place("percent(-1)"), place("cores[99].busy"), place("strip('"+many("x", 500)+"')"))
	crowd := "set: visitors=2000&think=0&costs=measured&workers=16&cores=16\nuntil: 15m"
	add("run-long", sim(crowd), sim("set: visitors=2000&think=0&workers=16&cores=16\nuntil: 15m"), sim("set: think=0&costs=measured\nuntil: 15m"))
	long := many("한", 500)
	add("caption",
		sim("until: 5s\nheadline: "+long), sim("until: 5s\nnote: "+long), sim("until: 5s\nnote: {a: b}"), sim("until: 5s\nheadline: [a, b]"), sim("until: 5s\nheadline: '{{ requests }}'"), sim("until: 5s\nnote: \"a\\u202Eb\""), sim("until: 5s\nheadline: \"a\\0b\""), sim("until: 5s\nheadline: ''"), front("title: a\nsummary: b\nminutes: 1\nscenario: workers=2\nheadline: '# [x](javascript:alert(1))'\nnote: none"),
		front("title: a\nsummary: b\nminutes: 1\nscenario: workers=2\nheadline: "+long), front("title: a\nsummary: b\nminutes: 1\nscenario: workers=2\nnote: ~"), front("title: a\nsummary: b\nminutes: 1\nscenario: workers=2\nnote: \"a\\u2066b\""))
	add("ok-caption", sim("until: 5s\nheadline: <script>alert(1)</script>\nnote: <img src=x onerror=alert(1)>"), sim("until: 5s\nheadline: none\nnote: auto"), sim("until: 5s\nnote: |\n  a\n\n  b"))
	add("notes", block("notes", ""), block("notes", "  \n\t"), block("notes", "<img src=x>"))
	// What stands in drafts: titles, and what is right beside what is wrong.
	add("draft",
		frontMatter+"## One\n\n```sim\nuntil: 2s\n```\n\nWords {{ requests }} [x](/a \"onerror\").\n\n<script>alert(1)</script>\n\n`<b>` {{ '<script>' }} and more.\n", frontMatter+"## <img src=x onerror=alert(1)>\n\n```sim\nuntil: 2s\n```\n",
		front("title: <script>alert(1)</script>\nsummary: <img src=x onerror=alert(1)>\nminutes: 1\nscenario: workers=99"), frontMatter+many("## Step\n\n```sim\nuntil: 15m\nset: workers=99\n```\n\n", 41), frontMatter+many("<b>\n\n", 3000)+firstStep, body(many("<b>\n\nfine\n\n", 1500)),
		body("```predict\nask: a\n```\n\n```predict\nask: a\nchoices:\n"+many(choice, 2)+"```\n\n```challenge\n```\n\n```check\n- requests > 0\n```"), sim("continue: true\nuntil: 5s")+firstStep)
	return all
}

// deepYAML gives keys within keys.
func deepYAML(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String() + strings.Repeat(" ", depth) + "b"
}

// deepList gives lists within lists, by indentation.
func deepList(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

// utf16 gives a text in another encoding.
func utf16(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		b.Write([]byte{c, 0})
	}
	return b.String()
}
