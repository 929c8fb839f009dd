import { textOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { brought, inOne } from './clipboard.ts';
import { readHtml } from './pasted-html.ts';

const read = (html: string, labels = true, plain = '') => brought({ html, text: plain }, labels, readHtml);
const words = (html: string): string[] => read(html).provisions.map((p) => textOf(p.words));
const labelled = (html: string) => read(html).provisions.map((p) => [p.label, p.level, textOf(p.words)]);
const marked = (html: string): string => read(html).provisions.map((p) => p.words.map((r) => (r.m ? `<${r.m}>${r.t}` : r.t)).join('|')).join('\n');

/** As Word puts it on the clipboard: a sheet of classes, conditional comments, lists that it counts itself, changes, comments, notes, hidden text. */
const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:TrackRevisions/></w:WordDocument></xml><![endif]-->
<style><!-- /* Style Definitions */ p.MsoNormal, li.MsoNormal {mso-style-parent:""; margin:0cm; font-size:11.0pt;} span.MsoFootnoteReference {vertical-align:super;} span.Fallback {mso-style-name:Fallback; display:none; mso-hide:all;} span.msoDel {text-decoration:line-through; color:red;} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h1 style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-fareast-font-family:"Times New Roman"'><span style='mso-list:Ignore'>3.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Time
limits<o:p></o:p></h1>
<p class=MsoListParagraph style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>(a)<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>A request is acknowledged within <span class=msoDel><del cite="mailto:Ada" datetime="2026-11-01T10:00">24</del></span><span class=msoIns><ins cite="mailto:Ada" datetime="2026-11-01T10:00">72</ins></span>
hours<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span class=MsoFootnoteReference>[1]</span><![endif]></span></span></a>.</p>
<p class=MsoNormal><a style='mso-comment-reference:AB_1;mso-comment-date:20261101T1000'>The <b>sides</b></a><span class=MsoCommentReference><span style='font-size:8.0pt'><![if !supportAnnotations]><a class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[AB1]</a><![endif]><span style='mso-special-character:comment'>&nbsp;</span></span></span> report<span class=Fallback> unless we give in to 96 hours</span>.<span style='display:none;mso-hide:all'>Red line.</span></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>First.</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>Second.</p>
<!--EndFragment--><div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width="33%"><![endif]><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1"><span class=MsoFootnoteReference>[1]</span></a> Capital wants 96.</p></div></div>
<div style='mso-element:comment-list'><![if !supportAnnotations]><hr class=msocomoff><![endif]><div style='mso-element:comment'><div id="_com_1" class=msocomtxt><span style='mso-comment-author:Ada'><a name="_msocom_1"></a></span><p class=MsoCommentText>Do not show this to them.</p></div></div></div></body></html>`;

const GOOGLE = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38;"><span style="font-size:11pt;font-weight:400;font-style:normal;white-space:pre-wrap;">The sides </span><span style="font-weight:700;font-style:normal;">shall</span><span style="font-weight:400;font-style:italic;"> consult</span><span style="font-weight:400;text-decoration:line-through;"> yearly</span><span style="font-weight:400;">.</span><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup><span style="font-size:0.6em;vertical-align:super;"><a href="#ftnt1" id="ftnt_ref1">[1]</a></span></p><br /><ol start="3" style="margin-top:0"><li dir="ltr" style="list-style-type:decimal;" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400;">They report.</span></p></li><ol><li style="list-style-type:lower-alpha" aria-level="2"><p role="presentation"><span>Monthly.</span></p></li></ol></ol></b><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> A note.</span></p></div><div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>A comment.</span></p></div>`;

const LIBRE = `<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 24.2 (Linux)"/><style type="text/css">p { line-height: 115% } a.sdfootnoteanc { font-size: 57% }</style></head><body lang="en-GB" dir="ltr"><p>Reply within <strike>24</strike> <ins datetime="2026-11-01T10:00:00">72</ins> hours<sup><a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></sup> by <b>both</b> <i>sides</i>.</p><ol start="3"><li><p>Third.</p></li><li><p>Fourth.</p></li></ol><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>Not for them.</p></div></body></html>`;

const OUTLOOK = `<html><head><style>p.MsoNormal{margin:0}</style></head><body><div class="WordSection1"><p class="MsoNormal"><span style="color:#1F497D">As agreed by phone:</span></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal" style="text-indent:-18.0pt;mso-list:l0 level1 lfo1"><!--[if !supportLists]--><span style="mso-list:Ignore">1.<span style="font:7.0pt &quot;Times New Roman&quot;">&nbsp;&nbsp; </span></span><!--[endif]-->The sides <s>may</s> shall consult.</p><p class="MsoNormal"><span style="font-size:1.0pt;color:white">tracking words</span></p></div></body></html>`;

const WEB = `<meta charset="utf-8"><div style="color: rgb(0,0,0); background-color: rgb(255,255,255);"><script>alert('x')</script><style>.x{color:red}</style><template><p>never</p></template><p>The sides agree<sup class="reference"><a href="#cite_note-1">[1]</a></sup> on 10<sup>6</sup> requests<br>in one year.</p><p hidden>secret</p><p style="color:#fff">white</p><p style="position:absolute;left:-9999px">far</p><p style="background:#000;color:#fff">light on dark</p><span class="sr-only">spoken</span><section class="footnotes"><ol><li id="cite_note-1">A source.</li></ol></section></div>`;

describe('[EP1] a paste reads as if every change had been accepted', () => {
  it.each([
    ['Word', WORD, ['Time limits', 'A request is acknowledged within 72 hours.', 'The sides report.', 'First.', 'Second.']],
    ['Google Docs', GOOGLE, ['The sides shall consult.', 'They report.', 'Monthly.']],
    ['LibreOffice', LIBRE, ['Reply within 72 hours by both sides.', 'Third.', 'Fourth.']],
    ['Outlook', OUTLOOK, ['As agreed by phone:', 'The sides shall consult.']],
    ['a web page', WEB, ['The sides agree on 10⁶ requests in one year.', 'light on dark']],
  ] as const)('from %s', (_name, html, wanted) => expect(words(html)).toEqual(wanted));

  it.each([
    ['within <del>24</del><ins>72</ins> hours', 'within 72 hours'], ['<s>24</s> 72', '72'], ['<strike>24</strike> 72', '72'],
    ['<span style="text-decoration: underline line-through">24</span> 72', '72'], ['<span style="TEXT-DECORATION-LINE:Line-Through">24</span> 72', '72'],
    ['<style>.gone{text-decoration:line-through}</style><span class="gone">24</span> 72', '72'],
    ['a<span style="display:none">x</span>b', 'ab'], ['a<span style="visibility:hidden">x</span>b', 'ab'], ['a<span style="mso-hide:all">x</span>b', 'ab'], ['a<span hidden>x</span>b', 'ab'],
    ['a<span style="font-size:0">x</span>b', 'ab'], ['a<span style="opacity:0.0">x</span>b', 'ab'], ['a<span style="color:transparent">x</span>b', 'ab'], ['a<span style="color:#FFFFFF">x</span>b', 'ab'],
    ['a<span title=\'"><b>\' style="display:none">x</span>b', 'ab'], ['a<span a"b style=display:none>x</span>b', 'ab'],
    ['<p style="margin-left:4cm;text-indent:-113.4pt">a hanging term</p>', 'a hanging term'], ['<table><tr><td bgcolor="black"><span style="color:white">light</span></td></tr></table>', 'light'], ['a <s>x</s> b', 'a b'],
    ['<div data-provision="p"><del class="br struck">24</del> hours<span data-bracket=""><ins class="br theirs">72</ins></span></div>', '24 hours'], ['<del class="br struck">24</del> hours', 'hours'],
    ['a<script>x</script><style>x{}</style><template>x</template><noscript>x</noscript>b', 'ab'], ['a<!-- x -->b', 'ab'],
    ['a<span aria-hidden="true">x</span>b', 'axb'],
    ...['font-size:.5px', 'font-size:0.4pt', 'font-size:1%', 'font-size:0.01em', 'font:0/0 a', 'font:italic 1px/1 serif', 'color:#fefefe', 'color:hsl(0, 0%, 100%)', 'color:#ffff', 'color:#ffffffff', 'color:#00000000', 'color:#0000', 'color:rgb(255 255 255 / 80%)', 'color:ivory', 'color:whitesmoke',
      'color:#333;background:#333', 'color:rgb(0 0 0 / 0)', '-webkit-text-fill-color:transparent', 'opacity:.01', 'opacity:2%', 'filter:opacity(0)', 'transform:scale(0)', 'max-height:0;overflow:hidden', 'width:0px;overflow:clip', 'content-visibility:hidden', 'position:absolute;left:-100vw', 'text-indent:-99em',
    ].map((style) => [`a<span style="${style}">x</span>b`, 'ab'] as const),
    ...['font-size:8pt', 'font-size:80%', 'font-size:1.0em', 'font:7.0pt "Times New Roman"', 'font:small-caps 11px/1.2 serif', 'color:red', 'color:#767676', 'color:hsl(210, 50%, 40%)', 'color:#0008', 'color:var(--ink)', 'color:#eee;background:#111', 'opacity:.5', 'opacity:1', 'max-height:0', 'height:10px;overflow:hidden', 'text-indent:-18.0pt', 'margin-left:-1.5em',
      'transform:scale(0.9)'].map((style) => [`a<span style='${style}'>x</span>b`, 'axb'] as const),
    ...['overflow-y:hidden;height:0', 'font-size:0vw', 'zoom:0'].map((style) => [`a<span style="${style}">x</span>b`, 'ab'] as const),
    ...['strikethrough', 'line-through', 'ice-del', 'TextRun Strikethrough SCXW1', 'TrackChangeTextDeletion', 'ck-suggestion-marker-deletion'].map((name) => [`<span class="${name}">24</span> 72`, '72'] as const),
    ...['text-decoration: #f00 line-through', '-webkit-text-decoration-line: line-through', '-webkit-text-decoration: solid line-through', 'text-line-through: double'].map((style) => [`<span style="${style}">24</span> 72`, '72'] as const),
    ['<w:del>24</w:del><w:ins>72</w:ins>', '72'], ['<w:moveFrom>24</w:moveFrom><w:moveTo>72</w:moveTo>', '72'], ['<span class="undeleted deletion-note">24</span> 72', '24 72'],
    ['a<dialog>x</dialog>', 'a'], ['a<meter>x</meter><progress>x</progress><datalist>x<option>y</option></datalist><noembed>x</noembed>b', 'ab'],
    ['<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>の保護', '漢字の保護'], ['<ruby><rb>东</rb><rtc><rt>dong</rt></rtc></ruby>方', '东方'], ['\uFFF9漢字\uFFFAかんじ\uFFFBの', '漢字の'],
    ['<h2>Scope<a class="header-anchor" href="#scope">¶</a></h2>', 'Scope'], ['<p>no&shy;tice of co&shy;operation</p>', 'notice of cooperation'], ['no&shy;tice', 'notice'],
  ] as const)('%s reads %s', (html, wanted) => expect(words(html).map((w) => w.trim())).toEqual([wanted]));

  it('of details that are closed nothing but their summary comes, and that is said', () => {
    expect(words('<p>a</p><details><summary>More</summary>closed <p>words</p></details><details open><summary>Open</summary><p>words</p></details>')).toEqual(['a', 'More', 'Open', 'words']);
    expect([read('<details><summary>More</summary>closed</details>').say, read('<details><summary>More</summary></details>').say]).toEqual(['Pasted as it reads with every change accepted. Left out: hidden words.', null]);
    expect(read('<ruby>漢<rt>かん</rt></ruby>').say).toBe('Pasted as it reads with every change accepted. Left out: readings beside characters.');
  });

  it('what stands on lines of its own is never run together, whatever the element', () => {
    for (const html of ['<span style="display:block">One 24</span><span style="display:block">48 two</span>', '<form>One 24</form>48 two', '<fieldset><legend>One 24</legend>48 two</fieldset>', '<i style="display:table-cell">One 24</i><i style="display:table-cell">48 two</i>']) expect(words(html)).toEqual(['One 24', '48 two']);
    for (const html of ['<ul><li style="display:inline">24</li><li style="display:inline">48</li></ul>', '<table><tr><td style="display:inline">24</td><td style="display:inline">48</td></tr></table>']) expect(words(html)).toEqual(['24', '48']);
    expect(words('<div style="display:inline">One</div> <p style="display:inline">line.</p>')).toEqual(['One line.']);
  });

  it('plain text is read as such text in a page: no sign of a word’s parts, no other space', () => {
    expect(['no\u00ADtice', '24\u00A0hours', 'a\tb', '漢字\uFFFAかんじ\uFFFB'].map((text) => textOf(inOne(read('', true, text).provisions)))).toEqual(['notice', '24 hours', 'a b', '漢字']);
  });
});

describe('[EP2] raised and lowered signs are never plain digits', () => {
  it.each([
    ['24<sup>3</sup> hours', '24³ hours'], ['10<sup>6</sup>', '10⁶'], ['10<sup>-6</sup>', '10⁻⁶'], ['CO<sub>2</sub>', 'CO₂'], ['10<sup>n</sup>', '10^n'], ['10<sup>a+b</sup>', '10^(a+b)'],
    ['1<sup>st</sup> of May', '1st of May'], ['M<sup>me</sup>', 'Mme'], ['10<span style="vertical-align:super">6</span>', '10⁶'], ['24<sup>[3]</sup> hours', '24 hours'], ['24<sup>*</sup> hours', '24 hours'],
    ['24<sup id="fnref:1"><a href="#fn:1" class="footnote-ref">1</a></sup> hours', '24 hours'], ['x<sub>i</sub>', 'x_i'],
    ...['vertical-align:4.0px;font-size:8px', 'vertical-align:0.5em', 'vertical-align:30%', 'position:relative;top:-3.0pt;mso-text-raise:3.0pt', 'position:relative;top:-0.4em', 'position:relative;bottom:4px', 'font-variant-position:super'].map((style) => [`10<span style="${style}">6</span>`, '10⁶'] as const),
    ...['vertical-align:0px', 'vertical-align:1px', 'vertical-align:middle', 'top:-5px', 'position:relative;top:0'].map((style) => [`10<span style="${style}">6</span>`, '106'] as const),
    ['H<span style="vertical-align:-0.25em">2</span>O', 'H₂O'], ['<span style="position:relative;top:-3px">A whole sentence</span>', 'A whole sentence'],
    ['<math><msup><mn>10</mn><mn>6</mn></msup></math> requests', '10⁶ requests'], ['<math><msup><mn>10</mn><mrow><mo>-</mo><mn>6</mn></mrow></msup></math>', '10⁻⁶'], ['<math><mfrac><mn>1</mn><mn>3</mn></mfrac></math> of them', '1/3 of them'],
    ['2<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> years', '2 1/2 years'], ['<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac></math>', '(a+b)/c'], ['<math><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></math>', 'x₁²'], ['<math><mroot><mn>27</mn><mn>3</mn></mroot></math>', '³√(27)'], ['<math><msqrt><mn>2</mn></msqrt></math>', '√(2)'],
    ['<span class="katex"><span class="katex-mathml" style="position:absolute;clip:rect(1px, 1px, 1px, 1px)"><math><msup><mn>10</mn><mn>6</mn></msup><annotation>10^6</annotation></math></span><span class="katex-html" aria-hidden="true">10<span>6</span></span></span>', '10⁶'],
    ['24<sup>ii</sup> hours', '24^(ii) hours'], ['24<sup>d</sup> hours', '24^d hours'], ['24<sup>3,4</sup> hours', '24^(3,4) hours'], ['24<sup>①</sup> hours', '24^① hours'], ['10<sup>–6</sup>', '10⁻⁶'], ['10<sup>1/2</sup>', '10^(1/2)'],
    ['1<sup>ère</sup> fois, 2<sup>nde</sup>, 3<sup>ièmes</sup>, 5<sup>ta</sup>, 5<sup>го</sup>', '1ère fois, 2nde, 3ièmes, 5ta, 5го'], ['1<sup>a</sup> n<sup>o</sup> 5', '1ª nº 5'], ['Article 5<sup>bis</sup>', 'Article 5bis'],
    ...['［3］', '〔3〕', '【3】', '（3）', '注1', '[3][4]'].map((sign) => [`24<sup>${sign}</sup>小时`, '24小时'] as const),
    ['24<sup><a href="https://www.example/page#cite_note-3">3</a></sup> hours', '24 hours'], ['24<a href="https://www.example/page#fn3"><sup>3</sup></a> hours', '24 hours'], ['10<sup><a href="https://www.example/exponent">6</a></sup>', '10⁶'],
  ] as const)('%s is %s', (html, wanted) => expect(words(html)).toEqual([wanted]));
});

describe('[EP3] what was left out is said', () => {
  it('in one sentence, by its kind', () => {
    expect(read(WORD).say).toBe('Pasted as it reads with every change accepted. Left out: struck words, comments, notes, the marks of notes and hidden words.');
    expect(read(WORD, false).say).toContain('numbers of a list');
    expect(read('10<sup>6</sup>').say).toBe('Raised and lowered signs are written as ¹ and ₁.');
    expect([read('<p>Plain <b>words</b>.</p>').say, read('', true, 'Plain.').say]).toEqual([null, null]);
  });
  it('also where nothing is left', () => {
    expect(read('<del>all of it</del>', true, 'all of it')).toEqual({ provisions: [], say: 'Pasted as it reads with every change accepted. Left out: struck words.' });
  });
});

describe('[EP4] emphasis is what the source shows', () => {
  it.each([
    ['Google’s bold wrapper of normal weight', '<b style="font-weight:normal" id="docs-internal-guid-x"><span style="font-weight:400">a</span><span style="font-weight:700">b</span><span style="font-style:italic">c</span></b>', 'a|<strong>b|<em>c'],
    ['tags', 'a<b>b</b><i>c</i><em><strong>d</strong></em>', 'a|<strong>b|<em>c|<em strong>d'],
    ['Word’s own properties say nothing', '<b style="mso-bidi-font-weight:normal">a</b>', '<strong>a'],
    ['a class', '<style>span.s{font-weight:bold}</style><span class="s">a</span>b', '<strong>a|b'],
    ['normal within bold', '<b>a<span style="font-weight:normal">b</span></b>', '<strong>a|b'],
  ] as const)('%s', (_name, html, wanted) => expect(marked(html)).toBe(wanted));
});

describe('[EP5] structure is what the source shows', () => {
  it('Word’s numbers, letters and bullets are labels, not words', () => {
    expect(labelled(WORD)).toEqual([['3', 0, 'Time limits'], ['(a)', 1, 'A request is acknowledged within 72 hours.'], ['', 0, 'The sides report.'], ['•', 2, 'First.'], ['•', 2, 'Second.']]);
    expect(read(WORD).provisions.map((p) => p.heading)).toEqual([true, false, false, false, false]);
  });
  it('lists are counted as the source counts them', () => {
    expect(labelled(LIBRE).slice(1)).toEqual([['3', 0, 'Third.'], ['4', 0, 'Fourth.']]);
    expect(labelled(GOOGLE).slice(1)).toEqual([['3', 0, 'They report.'], ['a.', 1, 'Monthly.']]);
    expect(labelled('<ol type="I" reversed><li>a.<li value="7">b.</ol>').map(([label]) => label)).toEqual(['II.', 'VII.']);
  });
  it('lists count in the signs of their source, and a list in a list is a level below', () => {
    const list = (style: string, more = '') => labelled(`<ol style="${style}" ${more}><li>They meet.<li>They report.</ol>`).map(([label]) => label);
    expect([list('list-style-type:cjk-ideographic', 'start="10"'), list('list-style-type:lower-greek'), list('list-style-type:decimal-leading-zero'), list('list-style: lower-alpha inside'), list('list-style:none'), list('', 'type="I" start="40"')]).toEqual([
      ['十、', '十一、'], ['α.', 'β.'], ['01', '02'], ['a.', 'b.'], ['', ''], ['XL.', 'XLI.'],
    ]);
    expect(labelled('<ol><li>They meet.<ol><li>Yearly.<li>Or sooner.</ol><li>They report.</ol>').map(([label, level]) => [label, level])).toEqual([['1', 0], ['1', 1], ['2', 1], ['2', 0]]);
    expect(labelled('<ol><li aria-level="1">They meet.</ol><ol><li aria-level="2">Yearly.</ol><ol start="2"><li aria-level="1">They report.</ol>').map(([label, level]) => [label, level])).toEqual([['1', 0], ['1', 1], ['2', 0]]);
  });
  it('a soft line break is a space, two part paragraphs, a label begins one', () => {
    expect(words('<p>One<br>sentence.<br><br>Another.<br>(a) third.</p>')).toEqual(['One sentence.', 'Another.', 'third.']);
    expect(words('<pre>One\nsentence.\n\nAnother.</pre>')).toEqual(['One sentence.', 'Another.']);
    expect(words('<p>The sides consult.<br>They report re-<br>sults.</p>')).toEqual(['The sides consult. They report results.']);
    expect(words('<ol><li>They meet<br>Yearly.</li></ol>')).toEqual(['They meet Yearly.']);
    expect(words('<p>双方同意<br>双方报告。</p>')).toEqual(['双方同意双方报告。']);
    expect(words('<p>1. They meet.<br>2. They report.</p>')).toEqual(['They meet.', 'They report.']);
    expect(words('<div>They meet.<br>They report.</div>')).toEqual(['They meet.', 'They report.']);
  });
  it('in negotiation nothing is renamed: labels that were written stay in the words, counted ones are left out and said', () => {
    const { provisions, say } = read('<p>(a) one.</p><ol start="3"><li>two.</li></ol>', false);
    expect([provisions.map((p) => [p.label, textOf(p.words)]), say]).toEqual([[['', '(a) one.'], ['', 'two.']], 'Pasted as it reads with every change accepted. Left out: numbers of a list.']);
  });
  it('a piece of a line keeps the spaces at its ends, and its number', () => {
    expect(textOf(inOne(read('<span> within 24 </span>').provisions))).toBe(' within 24 ');
    expect(textOf(inOne(read('', true, '90 Days ').provisions))).toBe('90 Days ');
    expect(textOf(inOne(read('', true, '(a) one.').provisions))).toBe('(a) one.');
  });
});
