"""What people type and want to be read exactly so. Each is one message; all were written for these tests."""

FACES = r"""
(*^_^*)
m(_ _)m
m(__)m
¯\_(ツ)_/¯
(´・ω・`)
(´・ω・`) と (´・ω・`)
(*´▽`*) (*´▽`*)
＼(^o^)／
\(^o^)/
(^_^)/
(>_<)
(T_T) (;_;) (-_-)
_(:3 」∠)_
(*_*) (*o*) (o_o)
*_*
orz
:) :-) ;-P :D XD :/ :\ :* <3 </3
d(*⌒▽⌒*)b
(ノ*ФωФ)ノ
(∩*´∀`)⊃━☆ﾟ.*･｡ﾟ
ヽ(*´∀`)ノ ヽ(*´∀`)ノ
o(*≧▽≦)ツ
(╯°□°)╯︵ ┻━┻
ʕ•ᴥ•ʔ
٩(◕‿◕｡)۶
*\(^o^)/*
q(^_^)p (=^・^=) (*'▽'*)
"""

CHAT = r"""
明日は10~12時、20~30人です
10~20と30~40
10:30に集合、12:00に解散
お疲れさまです。※資料は後で送ります
「はい」と言った。（本当に？）【重要】《注》
①準備 ②出発 ③到着
１．はじめに
・りんご
→ 次へ ← 前へ
やった~~~~!!!
すごい〜〜〜！
[14:05]: started
[1]: see the note
[x]: done
[^1]: a footnote
It was 5 * 3 * 2, I mean 2*3*4 and a*b*c
x_1 + y_2 = z_3, snake_case_name, __init__, __name__, _private and a__b
2**10 = 1024, a**b**c
f(*args, **kwargs) and g(**options)
5 > 3 and 2 < 4, a << b >> c
AT&T, Q&A, &amp; &copy; &#65; &nbsp; &lt;b&gt;
<b>bold?</b> <script>alert(1)</script> <!-- no --> <https> <a@b>
I wrote <tag> and </tag>
#channel and #1 and C# and F#
#
##
#nofilter
+1 from me
+1
+ plus
-1 from me
-5 degrees
--
-
*
>
>_>
>.<
>>1
>>> print(1)
=
===
100% sure!!! 50 % off???
$5.00, €5, £5, ¥500, 5$ and 6$
$PATH and ${HOME} and $(date)
+81 (0)3-1234-5678, (03) 1234-5678, 090-1234-5678
1) first 2) second
1)
1.
a) b) c)
(1) (2) (3)
1.
01. leading zero
3.14 is pi. 1.5.2 is a version
1,000,000.00 / 1.000.000,00
3:2, 16:9, 1:1000
12:100:30
00:ab:cd:ef
00:1A:2b:3C:4d:5E and fe:80:100:ab
2001:db8:1234:5678::1
::1 and fe80::1%eth0 and [::1]:8080
root:x:0:0:root:/root:/bin/bash
a:100:b x:o:x key:value:key
no:smile:here and 5:heart:5
:nosuchemoji: :: : :: :
:)::(
C:\path\new C:\_temp C:\*.* D:\
\\server\share\_x
C:\Users\me\[old]
~/.config and ~user and /etc/*.d/*
*.py *.js
src/**/*.py and tests/**/*.py
ls -l *.txt | grep '*' | wc
\d+\.\d* [a-z]*? ^\s*(\w+)_\1$ (?:a|b)*
s/\*/\\*/g
\(x^2\) \[y\] $a_1*b_2*c_3$ \alpha_i \frac{a}{b} \\
x^{2} + y_{i} ~ z
`
``
a ` b
don`t and can`t
``` is three
```
a | b
| a | b |
|
||
|||
a || b && c
[a] [b](c) [](x) ![] []() [ ] [x] [[wiki]] {a} {{b}}
arr[i](x) and [1](2)
[a](javascript:alert(1)) [b](data:text/html,x) [c](//host)
[a](http://) [b](https://)
***
___
* * *
- - -
_ _ _
**
****
*****
f*** you, f*** him, sh*t happens
** and ** again
a * b * c *
_ a _ b _
~a~ ~ ~~ ~~~
~~ a ~~
"quoted" 'single' “curly” ‘x’ „low“ «guillemets» ‹x›
hello@ @ @@ @@@ a@ @.
@nobody @nobody.else me@nobody @nobody/scope
@media (x) { @include y; } @Override
git@github.com:team/project.git
ssh://git@host/x
(c) (r) (tm) -- --- ... '' ""
日本語とEnglishのmix、「引用」と（括弧）
你好，世界！这是*测试 2*3*4。
안녕하세요. 2*3*4는 24입니다. 10~12시
مرحبا بالعالم، ٢*٣*٤
שלום עולם, 2*3*4 (x_y)
สวัสดีครับ 2*3*4 ราคา 10~20 บาท
Привет, мир: а*б*в, сне_жок_
Ελληνικά α*β*γ
नमस्ते दुनिया २*३*४
e = mc² – ½ ≠ ∞ ± × ÷ ∑ ∫ √
№5 §3 ¶ † ‡ • … ‰
👍👍🏽 👩‍👩‍👧 🇯🇵 1️⃣ #️⃣ *️⃣
Zero​width and soft­hyphen
縦*横*高さ、縦10*横20*高さ30、単価*数量*0.9
資料_最新_版.xlsx と 議事録_営業_最終
好的~~谢谢~~
え~~そうなの~~？ すごい~~~本当~~~
2**(n+1) * 3**(n) = x**-1 + y**-1
{**a, **b} [*a, *b]
&*a != **b; *a = *b; *p++ = *q++;
#ifndef _HEADER_H_ and _a_b_c_
return *static_cast<char*>(p) *= 2 *= 3; *a & b*&c
int* a; int* b; /*comment*/ $HOME/*a*/b
@[](u4) and @[x](nobody)
שלום_עולם_טוב كلمة_أخرى_هنا слово_другое_тут
"*a" or "b*", '*' or "*"
SELECT a.*, b.* FROM t WHERE COUNT(*) > COUNT(*)
/* a */ b /* c */ and /** doc */
"**/foo/**" and **/a **/b
price*, tax* and note** (*note) (**note)
*1) first *2) second ※1 *2
d*mn, A* and B*, Q* or *Q
(*a) and (b*)
_| ̄|○ _(._.)_ (_ _) (T_T)/~~~ (-_-)zzz (；_；)
d(*´ω`*)b (*’ω’*) (*>ω<*) (*ﾉωﾉ) (*゜ー゜*) *(ﾟ∀ﾟ)*
> _ <
> . <
http://ex.com:80:80 http://1.2.3.4.5/ http://%zz/ http://xn--/ http://user@:80/ [a](http://ex.com:99999)
tel:+81-3-1234-5678 ftp://a.b/c file:///c:/x ssh://a@b javascript:alert(1)
std::map::iterator arn:aws:s3:::bucket docker run -p 80:80:tcp urn:isbn:0451450523
a:tea:b 5:tea: /:tea:/ -:tea:- ::tea:: :TEA: foo:tea:
**a *b ~~c `d _e
x*(y+z)*w (a*b)*(c*d) f(x)*g(y)*h(z) f(*x) g(*y)
+--+ |--|--| ||spoiler|| ==mark== ++ins++ --strike-- H~2~O x^2^ $a_b$ $$a*b$$
tab	inside  two spaces   three
　全角字下げ　と　空白
"""

LINES = [
    "  two spaces before\n    four spaces\n\ttab",
    "    def f(x):\n        return x * 2 * 3",
    "one\n  two\n    three\n  four",
    " /\\_/\\\n( o.o )\n > ^ <",
    "  *\n ***\n*****\n ***\n  *",
    "+---+---+\n| a | b |\n+---+---+",
    "/**\n * Adds a numbers.\n *\n * @param x one\n */",
    "<<<<<<< HEAD\nours\n||||||| base\nbase\n=======\ntheirs\n>>>>>>> branch",
    "--- a/file.py\n+++ b/file.py\n@@ -1,3 +1,4 @@\n-old\n+new",
    'Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\n    __import__("x")\nValueError: *bad* [1]'.replace(
        "*bad*", "bad"
    ),
    "key: value\nlist:\n  nested: {a: 1, b: [2, 3]}\n  other: |\n    text",
    '{\n  "a": [1, 2],\n  "b": {"c_d": "*"}\n}',
    "2026-11-25 20:00:00,123 [INFO] app.core: started (pid=12)\n2026-11-25 20:00:01 [WARN] a_b_c: 5*4*3",
    "a:\tb\nlong:\tc",
    "Title\n===",
    "a\n=\nb",
    "text\n5. not a list\n6. neither",
    "1) one\n2) two",
    "2024. It was a year\n1986. So was that",
    "1. one\n1. one again\n5. five",
    "3. three\n4. four",
    "~~~\ncode?\n~~~",
    "```\n```",
    "``` not a language of code\nx",
    "| a | b |\n|---|---|\n| 1 | 2 | 3 |",
    "a\n:-",
    "a | b\n---|",
    "|||\n|-|-|",
    "|a|\n|b|",
    "- one\n- two",
    "a\n---\nb",
    "line with backslash\\\nnext",
    "ends with two spaces  \nnext",
    "$ ls\n$ cat x | sort\n% echo *",
    ">>> 1 + 1\n2\n>>> x[0][1]",
    ">a\n>b",
    "In [1]: x\nOut[1]: 5",
    "[section]\nkey = value ; comment\n[other]: x",
    "x = [\n    1,\n    2,\n]",
    "SELECT * FROM t WHERE a LIKE '%_x_%' AND b = '*'",
    "/* comment */ int *p = &x; char **argv; // done",
    'if (a && b || !c) { printf("%d\\n", *p * *q); }',
    'for f in *.txt; do mv "$f" "${f%.txt}.md"; done',
    "- \n- ",
    "1.\n2.",
    "* \n*",
    "a\n\n  indented paragraph",
    "\\begin{align}\n  a_1 &= b_2 \\\\\n  c_3 &= d_4\n\\end{align}",
]

TYPED = [line for text in (FACES, CHAT) for line in text.strip("\n").split("\n")] + LINES

# What is typed, and the lines that are read: the markup of docs/formatting.md.
MARKUP = [
    ("**bold** and *italic* and _italic_ and ~~gone~~", ["bold and italic and italic and gone"]),
    ("***both*** **_both_** *a **b** c*", ["both both a b c"]),
    ("これは**重要**です。**「重要」**です。**注意：**です", ["これは重要です。「重要」です。注意：です"]),
    ("**C++** and *Yes!* and **5%** and *(see note)*", ["C++ and Yes! and 5% and (see note)"]),
    ("**👍** **:tea:** **`x`** **[a](https://a.org)** **https://a.org**", ["👍 🍵 x a https://a.org"]),
    ("이것은**중요**합니다", ["이것은중요합니다"]),
    ("*重要*です。 _重要_ です。これは *重要* です", ["重要です。 重要 です。これは 重要 です"]),
    ("**※注意**です **→次** **完了★**です **(1)**です **.NET**", ["※注意です →次 完了★です (1)です .NET"]),
    ("**あ***い* あ***い***う **『あ』**と**『い』**", ["あい あいう 『あ』と『い』"]),
    ("価格は~~1000円~~800円 ~~取消~~です", ["価格は1000円800円 取消です"]),
    ("~~**_`x`_**~~ ***a* b** *a **b***", ["x a b a b"]),
    ("## a ## #\n### ###", ["a ## #", "###"]),
    ("`code` ``a`b`` `**x**` `&amp;` `\\*`", ["code a`b **x** &amp; \\*"]),
    (r"*a \*b* \*\*c\*\* *d\*", ["a *b **c** *d*"]),
    (r"\*not\* \_italic\_ \~~gone\~~ \`code\`", ["*not* _italic_ ~~gone~~ `code`"]),
    (
        r"\# no heading" + "\n" + r"\> no quote" + "\n" + r"\- no item" + "\n" + r"1986\. No list",
        ["# no heading", "> no quote", "- no item", "1986. No list"],
    ),
    ("# Heading\ntext", ["Heading", "text"]),
    ("## C# #\ntext", ["C# #", "text"]),
    ("text\n---\ntext", ["text", "---", "text"]),
    ("> quote\nanswer", ["quote", "answer"]),
    ("> a\n> > \n> b", ["a", ">", "b"]),
    ("> a\n> > b\n>\n> c", ["a", "b", "c"]),
    ("* one\n* two", ["- one", "- two"]),
    ("- a\n  - b\n  - c\n- d\nend", ["- a", "- b", "- c", "- d", "end"]),
    ("1. a\n2. b\n   more\n10. c", ["1. a", "2. b", "more", "10. c"]),
    ("- [ ] to do\n- [x] done", ["- [ ] to do", "- [x] done"]),
    ("- - a\n- # b\n- > c", ["- - a", "- # b", "- > c"]),
    ("| a | b |\n|---|--:|\n| 1 | x\\|y |\n| 2 |\nend", ["| a | b", "| 1 | x|y", "| 2 |", "end"]),
    ("```python\n  *x* = `1`\n\n# no heading\n```\ntext", ["  *x* = `1`", "# no heading", "text"]),
    ("```\nnever closed\n- x", ["never closed", "- x"]),
    (":smile: :tea::tea: (:tea:) ありがとう:pray:！ ok :+1:.", ["😄 🍵🍵 (🍵) ありがとう🙏！ ok 👍."]),
    ("[words](https://example.org/a_b_c?x=*y*&z) and ![tea](https://example.org/tea.png)", ["words and tea"]),
    ("[a [1] b](https://a.org) [`x`](https://a.org/(y)) [z](/rules/)", ["a [1] b x z"]),
    ("[](http://a.b) and [ ](https://a.org/x)", ["http://a.b and https://a.org/x"]),
]

# Links whose words name another place than the one to which they lead, and what is shown behind them.
MISLEADING = [
    ("[https://good.example](https://evil.example/x)", "evil.example"),
    ("[good.example](https://evil.example/x)", "evil.example"),
    ("[go to good.example now](https://evil.example)", "evil.example"),
    ("[good.exampleで](https://evil.example)", "evil.example"),
    ("[www.good.example/login](https://evil.example)", "evil.example"),
    ("[ｇood。example](https://evil.example)", "evil.example"),
    ("[good​.example](https://evil.example)", "evil.example"),
    ("[**good**.example](https://evil.example)", "evil.example"),
    ("[`good.example`](https://evil.example)", "evil.example"),
    ("[good.example‮](https://evil.example)", "evil.example"),
    ("[https://good.example](https://good.example@evil.example)", "evil.example"),
    ("[https://good.example](https://good.example.evil.example)", "good.example.evil.example"),
    ("[https:/good.example](https://evil.example)", "evil.example"),
    ("[ftp://good](https://evil.example)", "evil.example"),
    ("[gооd.example](https://good.example)", "good.example"),
    ("[日本.jp](https://evil.example)", "evil.example"),
    ("[10.0.0.1](https://evil.example)", "evil.example"),
    ("[me@good.example](https://evil.example)", "evil.example"),
    ("[me@good.example](mailto:you@evil.example)", "you@evil.example"),
    ("[me@good.example](mailto:you@good.example)", "you@good.example"),
    ("[+81-3-1234-5678](tel:+19005550000)", "+19005550000"),
    ("[https://good.example](/rooms/)", "/rooms/"),
]
NOT_MISLEADING = [
    "[Bank of Good](https://good.example)",
    "[https://good.example/](https://www.good.example/path)",
    "[GOOD.example:443](https://good.example)",
    "[v1.2.3](https://good.example)",
    "[e.g. this](https://good.example)",
    "[me@good.example](mailto:me@good.example?subject=tea)",
    "[03-1234-5678](tel:+81312345678)",
    "[the rules](/rules/)",
]
