"""E-mails whose text is HTML: what their reader sees is read, and not what somebody else wrote or nobody sees."""

from __future__ import annotations

import random
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.intake import BadFile
from callcalm.letters.books import Books
from callcalm.letters.checking import check
from callcalm.letters.house import house
from callcalm.letters.html import shown
from callcalm.letters.letter import Letter, letter_from

OUTLOOK = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="Generator" content="Microsoft Word 15 (filtered medium)">
<!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026" /></xml><![endif]-->
<style><!--
/* why did you */
p.MsoNormal {margin:0in; font-size:11.0pt; font-family:"Calibri",sans-serif;}
--></style></head>
<body lang="EN-US" link="#0563C1"><div class="WordSection1">
<p class="MsoNormal">Dear Ms.&nbsp;Alvarez,<o:p></o:p></p>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<p class="MsoNormal">Why did you wait
until <b>now</b> to tell us? Please send:<o:p></o:p></p>
<p class="MsoListParagraph" style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>the <a
href="https://x.example/you-failed?a=1&amp;b=2">claim form</a>,<o:p></o:p></p>
<p class="MsoNormal">Tom &amp; Jo &#8211; Billing<o:p></o:p></p>
<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'>
<p class="MsoNormal"><b>From:</b> Maria Alvarez &lt;maria@x.example&gt; <br>
<b>Sent:</b> Monday, March 3, 2025 10:22 AM<br>
<b>To:</b> Billing<br><b>Subject:</b> charged twice<o:p></o:p></p></div></div>
<p class="MsoNormal">You failed to call me back.<o:p></o:p></p>
</div></body></html>
"""
OUTLOOK_WORDS = """Dear Ms. Alvarez,

Why did you wait until now to tell us? Please send:
- the claim form,
Tom & Jo – Billing"""
OUTLOOK_ON_THE_WEB = """<html><head><style type="text/css" style="display:none;">
P {margin-top:0;margin-bottom:0;} </style>
</head><body dir="ltr"><div class="elementToProof" style="font-size: 12pt;">Hello Maria,</div>
<div class="elementToProof"><br></div><div class="elementToProof">What happened on your side?</div>
<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">
<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">
<b>De&nbsp;:</b> Maria<br><b>Envoyé&nbsp;:</b> lundi<br></font></div>
<div class="BodyFragment"><div>You failed to call me back.</div></div></body></html>
"""
GMAIL = """<div dir="ltr"><div>Hi Ann,</div><div><br></div><div>Why did you wait until now?<br></div></div><br>
<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Mar 3, 2025 at
10:22\u202fAM Ann &lt;<a href="mailto:ann@x.example">ann@x.example</a>&gt; wrote:<br></div><blockquote
class="gmail_quote" style="margin:0px 0px
0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><div dir="ltr">You failed to sign.</div>
</blockquote></div>
"""
GMAIL_BETWEEN = GMAIL.replace(
    "</blockquote></div>",
    '</blockquote><div>It was signed on Monday.</div><blockquote class="gmail_quote">You forgot it.</blockquote>'
    "<div>Here it is.</div></div>",
)
GMAIL_FORWARDED = """<div dir="ltr">For you.<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">
---------- Weitergeleitete Nachricht ---------<br>Von: <b>Ann</b><br>Date: Mo., 3. M&auml;rz 2025<br>Subject: x<br>
To: Jo<br></div><br>She said:<blockquote>You failed.</blockquote>Why did you wait?</div></div>
"""
APPLE = """<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body
style="overflow-wrap: break-word; -webkit-nbsp-mode: space;"><div>Bonjour Madame,</div><div><br></div><div>Vous
n’avez pas sign\u00e9.</div><blockquote style="margin: 0 0 0 40px; border: none; padding: 0px;">
<div>Un retrait.</div></blockquote><div><br><blockquote type="cite"><div>Le 3 mars 2025 \u00e0 10:22,
Ann &lt;ann@x.example&gt; a \u00e9crit :</div><br
class="Apple-interchange-newline"><div><meta charset="UTF-8"><div>Pourquoi avez-vous attendu ?</div>
<blockquote type="cite"><div>Plus vieux</div></blockquote></div></blockquote></div><br></body></html>
"""
THUNDERBIRD = """<html><body><div class="moz-cite-prefix">Am 03.03.25 um 10:22 schrieb Ann:<br></div>
<blockquote type="cite" cite="mid:x@x.example"><pre class="moz-quote-pre" wrap="">You failed.
Why did you wait?</pre></blockquote><p>Below.<br></p></body></html>
"""


def html_mail(html: str, cte: str = "quoted-printable") -> bytes:
    message = EmailMessage()
    message["Subject"] = "Why did you"
    message.set_content(html, subtype="html", cte=cte)
    return message.as_bytes()


def own(letter: Letter) -> str:
    return letter.words.strip()


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (OUTLOOK, OUTLOOK_WORDS),
        (OUTLOOK_ON_THE_WEB, "Hello Maria,\n\nWhat happened on your side?"),
        (GMAIL, "Hi Ann,\n\nWhy did you wait until now?"),
        (GMAIL_FORWARDED, "For you."),
        (APPLE, "Bonjour Madame,\n\nVous n’avez pas signé.\n\nUn retrait."),
        (THUNDERBIRD, "Below."),
    ],
    ids=["Outlook", "Outlook on the web", "Gmail", "forwarded by Gmail", "Apple Mail", "Thunderbird"],
)
@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
def test_of_an_html_mail_the_writers_own_words_are_read(html: str, words: str, cte: str) -> None:
    letter = letter_from(html_mail(html, cte), "x.eml")
    assert own(letter) == words
    assert len(letter.words) == len(letter.source.text)
    assert letter.remarks == ("The text is HTML: lines and columns are those of the text as it is shown.",)


def test_answers_between_gmails_quotations_are_the_writers_own() -> None:
    letter = letter_from(html_mail(GMAIL_BETWEEN), "x.eml")
    assert [line for line in letter.words.split("\n") if line.strip()] == [
        "Hi Ann,",
        "Why did you wait until now?",
        "It was signed on Monday.",
        "Here it is.",
    ]


def test_findings_have_their_place_in_the_text_as_it_is_shown() -> None:
    found = check(letter_from(html_mail(OUTLOOK), "x.eml"), Books(), house()).found
    costs = [one.diagnostic for one in found if one.costs]
    assert [(one.matched, one.place.line, one.place.column) for one in costs if one.place] == [
        ("Why did you", 3, 1)
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("one<br>two<br/><br>three", "one\ntwo\n\nthree"),
        ("<div>one<br></div><div>two</div><div><br></div>three", "one\ntwo\n\nthree"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<p>one<p>two", "one\n\ntwo"),
        ("<P STYLE='margin:0cm'>one</P>\n<P STYLE='margin:0cm'>two</P>", "one\ntwo"),
        ("  a \n\t b&nbsp;&nbsp;c <b> d</b>e", "a b c de"),
        ("a <b>b</b> <i>c</i>", "a b c"),
        ("<ul><li>one</li><li><p>two</p></ul>end", "- one\n\n- two\n\nend"),
        ("<ul><li></li></ul>end", "end"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><th>c</table>d", "a\nb\nc\nd"),
        ("<pre>one\n  two\n\n\nthree</pre>four\nfive", "one\n  two\n\nthree\n\nfour five"),
        ("<div style='white-space: pre-wrap'>one\ntwo<div>x</div>y\nz</div>a\nb", "one\ntwo\nx\ny\nz\na b"),
        ("&lt;b&gt; &eacute;&#233;&#xE9; &amp;amp; &unknown; & &#0;", "<b> ééé &amp; &unknown; & \ufffd"),
        ("a &#" + "9" * 9_000, "a \ufffd"),
        ("I <3 you, a < b, 1<2", "I <3 you, a < b, 1<2"),
        ("a<script>if (a < b) why()</script>b<style>p{}</style>c", "abc"),
        ("a<SCRIPT>x</ script></SCRIPT >b", "ab"),
        ("<title>x</title>a<!-- b -->c<!-->d<!doctype x>e<?x y?>f<![if !mso]>g<![endif]>", "acdefg"),
        ("<div style='DISPLAY : none'>x<div>y</div>z</div>a", "a"),
        ("<p style='display:none'>x<p>a", "a"),
        ("<div><p style='display:none'>x</div>a", "a"),
        ("<span hidden>x<span>y</span></span>a", "a"),
        ("<img style='display:none' alt=x>a<img alt='&#128522;'>b", "a😊b"),
        ("<a title='a > b' href=x?a='b'>words</a>", "words"),
        ("a<b title=it's>c</b>d", "acd"),
        ("a <b", "a"),
        ("a <b title='>b</b>c", "a"),
        ("a <!-- b", "a"),
        ("a<script>b", "a"),
        ("</div></p></blockquote>a", "a"),
        ("<blockquote>a<blockquote>b</blockquote>c</blockquote>d", "> a\n\n> b\n\n> c\n\nd"),
        ("<blockquote>a<div style='display:none'><blockquote>x</div>b</blockquote>c", "> a\n> b\n\nc"),
        ("<div class=gmail_quote><p hidden>x</div>a", "a"),
        ("", ""),
        (" \n<br><p>&nbsp;</p>", ""),
    ],
)
def test_the_text_is_what_a_reader_sees(html: str, text: str) -> None:
    assert shown(html).rstrip("\n") == text


def test_an_introduction_goes_with_its_quotation_and_what_is_below_stays() -> None:
    html = "<p>On Mon, 3 Mar 2025 at 10:22, Ann wrote:</p><blockquote>You failed.</blockquote><p>Mine.</p>"
    assert own(letter_from(html_mail(html), "x.eml")) == "Mine."


def test_an_html_mail_in_an_older_encoding_is_read() -> None:
    data = b"Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n<p>Caf\xe9</p>\n"
    assert own(letter_from(data, "x.eml")) == "Café"


def test_of_two_forms_the_plain_one_is_read_unless_it_is_blank() -> None:
    for plain, words in (("Plain.\n", "Plain."), ("\n", "Shown."), (" \xa0\n", "Shown.")):
        message = EmailMessage()
        message.set_content(plain)
        message.add_alternative("<p>Shown.</p>", subtype="html")
        assert own(letter_from(message.as_bytes(), "x.eml")) == words
    message = EmailMessage()
    message.set_content("<p>Shown.</p>", subtype="html")
    message.add_alternative("Plain.\n")
    assert own(letter_from(message.as_bytes(), "x.eml")) == "Plain."


def test_a_footer_in_a_part_of_its_own_does_not_take_the_place_of_the_text() -> None:
    message = EmailMessage()
    message.set_content("<p>Shown.</p>", subtype="html")
    message.add_attachment("why did you", filename="a.txt", disposition="inline")
    assert own(letter_from(message.as_bytes(), "x.eml")) == "Shown."


def test_attached_html_is_not_read() -> None:
    message = EmailMessage()
    message["Subject"] = "x"
    message.add_attachment("<p>why did you</p>", subtype="html", filename="a.html")
    with pytest.raises(BadFile, match="no text part"):
        letter_from(message.as_bytes(), "x.eml")


def test_html_that_shows_no_words_is_a_letter_without_words() -> None:
    letter = letter_from(html_mail("<style>x</style><img src=x alt=''>"), "x.eml")
    assert (own(letter), letter.remarks) == ("", ())


@pytest.mark.parametrize(
    "head", ["<meta charset=windows-1252>", '<META content="text/html; charset=windows-1252">']
)
def test_html_says_how_it_is_encoded_where_its_mail_does_not(head: str) -> None:
    data = b"Content-Type: text/html\n\n" + f"<head>{head}</head>L’été".encode("cp1252")
    assert own(letter_from(data, "x.eml")) == "L’été"


@pytest.mark.parametrize(
    "hostile",
    [
        "<!--",
        "<a ",
        "<a x='",
        "<a x=\"y'",
        "<![x",
        "<b>",
        "<div>",
        "</div>",
        "<div style='display:none'>",
        "<blockquote>",
        "<div class=gmail_quote>",
        "<p hidden>",
        "<p>&nbsp;",
        "<li>",
        "<td>x",
        "<pre>\n",
        "<script>",
        "<q=   ",
        "<x y z ",
        "&#9",
        "&amp;",
        "a ",
    ],
)
def test_html_made_to_be_slow_is_not(hostile: str) -> None:
    html = hostile * (1_000_000 // len(hostile))
    assert len(shown(html)) <= len(html) + 1


TAGS = [
    "<div>",
    "</div>",
    "<p hidden>",
    "</p>",
    "<br>",
    "<li>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
]


@given(
    st.lists(
        st.sampled_from([*TAGS, "a", " ", "\n", "&nbsp;", "<!--", "-->", "<", ">", "&", '"', "="]), max_size=60
    )
)
def test_html_of_any_shape_is_read(pieces: list[str]) -> None:
    text = shown("".join(pieces))
    assert text == "" or (text.endswith("\n") and text.strip() and "\n\n\n" not in text.strip("\n"))


def test_broken_html_mails_are_read_and_never_crash() -> None:
    seed = random.Random(7)
    for _ in range(200):
        html = list(seed.choice([OUTLOOK, GMAIL, APPLE, THUNDERBIRD]))
        for _ in range(seed.randrange(1, 30)):
            html[seed.randrange(len(html))] = seed.choice("<>&;\"'= /-!")
        letter = letter_from(html_mail("".join(html)), "x.eml")
        assert len(letter.words) == len(letter.source.text)
