/**
 * The one expression that cuts a slot into tokens. Over fixed code point ranges, neither `Intl.Segmenter` nor Unicode properties: tokens must be the same in every
 * engine and year. Every repetition is bounded or has one way to match, so that the time grows with the length alone (K3). Any change needs another COMPARE_VERSION.
 */
const CJK = '\\u2E80-\\u2FDF\\u3005-\\u3007\\u3021-\\u3029\\u3038-\\u303B\\u3041-\\u30FF\\u31F0-\\u31FF\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF\\uFF66-\\uFF9F\\u{20000}-\\u{3FFFF}';
const KATAKANA = '\\u30A1-\\u30FA\\u30FC-\\u30FF\\u31F0-\\u31FF\\uFF66-\\uFF9F';
/** Thai, Lao, Burmese and Khmer are not in it: they are written without spaces between words. */
const LETTER = 'A-Za-z\\u00AA\\u00B5\\u00BA\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u036F\\u0370-\\u037D\\u037F-\\u0386\\u0388-\\u0482\\u0483-\\u0559\\u0560-\\u0588\\u0591-\\u05BD'
  + '\\u05C1-\\u05F2\\u0610-\\u061A\\u0620-\\u0669\\u066E-\\u06D3\\u06D5-\\u06FF\\u0750-\\u07F5\\u0800-\\u0963\\u0966-\\u096F\\u0971-\\u0DFF\\u0F00-\\u0FFF\\u10A0-\\u177F\\u1800-\\u1FFF\\u2C00-\\u2DFF\\uA4D0-\\uA9DF'
  + '\\uAA00-\\uAA5F\\uAA80-\\uD7AF\\uFB00-\\uFDFF\\uFE70-\\uFEFC\\uFF21-\\uFF3A\\uFF41-\\uFF5A';
/** Signs that belong to the character before them: a hunk must not part a letter from its accent or an emoji from its colour. */
const ATTACHED = '[\\u0300-\\u036F\\u20D0-\\u20FF\\uFE00-\\uFE0F\\u{1F3FB}-\\u{1F3FF}\\u{E0100}-\\u{E01EF}]';

/** A consonant of a script without spaces, with the vowels and signs that are written before, over, under and behind it. */
const THAI = '[\\u0E40-\\u0E44]?[\\u0E01-\\u0E2F\\u0E45\\u0E46][\\u0E30-\\u0E3A\\u0E47-\\u0E4E]*|[\\u0E00-\\u0E4F\\u0E5A-\\u0E7F]';
const LAO = '[\\u0EC0-\\u0EC4]?[\\u0E81-\\u0EAF\\u0EC6\\u0EDC-\\u0EDF][\\u0EB0-\\u0EBD\\u0EC8-\\u0ECE]*|[\\u0E80-\\u0ECF\\u0EDA-\\u0EFF]';
const KHMER = '[\\u1780-\\u17B3](?:\\u17D2[\\u1780-\\u17B3]|[\\u17B4-\\u17D1\\u17D3\\u17DD])*|[\\u17B4-\\u17DF]';
const BURMESE_SIGN = '\\u102B-\\u103E\\u1056-\\u1059\\u105E-\\u1060\\u1062-\\u1064\\u1067-\\u106D\\u1071-\\u1074\\u1082-\\u108D\\u108F\\u109A-\\u109D';
const BURMESE = `[\\u1000-\\u102A\\u103F\\u1050-\\u109F\\uA9E0-\\uA9FF\\uAA60-\\uAA7F](?:\\u1039[\\u1000-\\u102A]|[${BURMESE_SIGN}])*|[\\u102B-\\u104F]`;
const CLUSTER = `${THAI}|${LAO}|${KHMER}|${BURMESE}`;

const DIGIT = '0-9０-９\\u0660-\\u0669\\u06F0-\\u06F9\\u0966-\\u096F\\u09E6-\\u09EF\\u0E50-\\u0E59\\u0ED0-\\u0ED9\\u1040-\\u1049\\u17E0-\\u17E9';
const NUMERALS = '〇零○一二三四五六七八九十百千万萬亿億兆两兩壹壱贰貳弐叁參叄肆伍陆陸柒捌玖拾佰仟廿卅卌';
/** 参 is a figure only before a place of it: elsewhere it begins words. */
const HAN = `(?:[${NUMERALS}]|参(?=[拾佰仟萬万亿億元圆圓]))`;
const GAP = '[ \\u00A0\\u2007\\u2009\\u202F]';
const VULGAR = '\\u00BC-\\u00BE\\u2150-\\u2188\\u2189\\u2460-\\u249B\\u24EA-\\u24FF\\u3220-\\u3229';
const RAISED = '[\\u00B2\\u00B3\\u00B9\\u2070\\u2074-\\u2079\\u207A\\u207B]', SET_OFF = '[\\u00B2\\u00B3\\u00B9\\u2070\\u2074-\\u207B\\u2080-\\u208B]';
const FIGURES = `(?:[0-9]{1,3}(?:${GAP}[0-9]{3})+(?![0-9])(?:[.,][0-9]+)?`
  + `|(?<![^\\s(（[“‘"'])\\.[0-9]+`
  + `|[0-9]{1,3}${GAP}[0-9]{1,2}[/⁄][0-9]{1,2}(?![0-9/⁄])`
  + `|[${DIGIT}]+(?:[.,:'’．：·\\u066B\\u066C][${DIGIT}]+|，[０-９]{3}(?![０-９]))*[${VULGAR}]?|[${VULGAR}])${RAISED}*(?:\\^[+−-]?[0-9]+)?`;
const COUNT = `(?:${FIGURES}(?:${GAP}?[百千万萬亿億]+)?|${HAN}+(?:[点點]${HAN}+)?|半)`;
const MEASURE = '(?:[かヶヵカ箇]月|営業日|週間|日間|年間|時間|海里|英里|英尺|英寸|世纪|世紀|年代|公顷|公頃|毫升|毫米|厘米|兆瓦|千瓦时|千瓦|兆赫|兆字节|刻钟|刻鐘|钟头|鐘頭|[页頁卷册冊艘辆輛枚套]|票(?![据據面价價])|席(?![位])|台(?![账賬湾灣阶階风風])|[轮輪](?![换換流值胎])|[个個]半(?:月|小时|小時|星期|季度|钟头)|[个個](?:工作日|工作天|自然日|日历日|曆日|小时|小時|月|星期|季度|百分点|百分點)|工作日|工作天|自然日|日历日|小时|小時|分钟|分鐘|星期|季度|周年|週年|周岁|歲|美元|欧元|歐元|港元|日元|英镑|人民币|人民幣'
  + '|公里|千米|公斤|千克|平方米|立方米|毫秒|时(?!间|候|期|代)|時(?!間|候|期|代)|成(?![为為立员員果本功效就长長熟分])|[年月日天周週秒岁元圆圓条條款项項章节節编編号號个個名人次份件倍级級届屆家位种種吨噸米度折])';
const LATIN_UNIT = `[${LETTER}][${LETTER}0-9]*${RAISED}*(?:/[${LETTER}]+${RAISED}*)?`;
const UNIT = `(?:(?:[‑-])?${LATIN_UNIT}(?:[‑-][${LETTER}0-9]+)*|[’']s(?![${LETTER}])|\\.[ºª°](?![${LETTER}])|[.,][–—-](?![${LETTER}${DIGIT}–—-])|${GAP}?[%‰‱％℃℉$€£¥￥](?![${DIGIT}])|${GAP}?°${GAP}?[CFNSEW]?(?![${LETTER}])|[余餘多]?${GAP}?${MEASURE})`;
const PARTS = '\\((?:[A-Za-z]{1,2}|[ivxIVX]{1,5}|[0-9]{1,4})\\)';
const MORE = `(?:${PARTS}){0,8}(?:\\([A-Z]{3}\\))?(?:${GAP}(?:bis|ter|quater|quinquies|sexies)(?![${LETTER}]))?`;

/** Years, months, days, hours, minutes; yuan, jiao, fen; an article with its paragraph and item. */
const HAN_DATE = `${COUNT}${GAP}?年(?:半(?!年)|代(?![表理替价價])|${GAP}?${COUNT}${GAP}?月(?:份|${GAP}?${COUNT}${GAP}?[日号號])?)?|${COUNT}${GAP}?月(?:份|${GAP}?${COUNT}${GAP}?[日号號])`;
const HAN_TIME = `${COUNT}${GAP}?(?:[时時](?![间間候期代])|[点點](?=${GAP}?(?:${COUNT}${GAP}?分(?!之)|半|整)))(?:${GAP}?(?:${COUNT}${GAP}?分(?!之)(?:${GAP}?${COUNT}${GAP}?秒)?|半|整))?|${HAN}${GAP}?[点點](?!${HAN})`;
const HAN_MONEY = `${COUNT}${GAP}?[元圆圓](?:${COUNT}角(?:${COUNT}分)?|${COUNT}分|整)`;
const HAN_REFERENCE = `第${GAP}?(?:${COUNT}|（(?:${HAN}{1,3}|[0-9０-９]{1,4})）(?:[至到—–-]（(?:${HAN}{1,3}|[0-9０-９]{1,4})）)?)${GAP}?(?:${MEASURE}|目|批|轮|輪|期|部分|阶段|階段)?(?:之${HAN}{1,2}|の(?:[0-9０-９]{1,3}|${HAN}{1,3}))?`;
const AMOUNT = `(?:${HAN_DATE}|${HAN_TIME}|${HAN_MONEY}|${HAN_REFERENCE}(?:${HAN_REFERENCE}){0,6}|${COUNT}(?:[个個]?(?:百分点|百分點)|分之${COUNT})?(?:${UNIT}|${MORE}))`;

const MONTH = '(?:Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)';
const DATE = `[0-9]{1,2}(?:st|nd|rd|th)?(?:${GAP}of)?${GAP}${MONTH}(?![a-z])(?:,?${GAP}[0-9]{4}(?![0-9]))?|${MONTH}${GAP}[0-9]{1,2}(?:st|nd|rd|th)?(?![0-9.:])(?:,?${GAP}[0-9]{4}(?![0-9]))?|${MONTH}(?:,?${GAP}[0-9]{4}(?![0-9]))`;
/** Months of other languages, which stand behind the day. */
const MONTH_BEHIND = '(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember'
  + '|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря'
  + '|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر)';
const DATE_ELSEWHERE = `[${DIGIT}]{1,2}(?:er|\\.?º|\\.)?${GAP}(?:de${GAP})?${MONTH_BEHIND}(?![${LETTER}])(?:${GAP}(?:del?${GAP})?[${DIGIT}]{4}(?![${DIGIT}]))?|[0-9]{1,4}년${GAP}?[0-9]{1,2}월(?:${GAP}?[0-9]{1,2}일)?`;
const COORDINATE = `[0-9]{1,3}(?:[.,][0-9]+)?°${GAP}?(?:[0-9]{1,2}(?:[.,][0-9]+)?[′'’]${GAP}?(?:[0-9]{1,2}(?:[.,][0-9]+)?(?:″|"|”|′′))?)${GAP}?[NSEW]?(?![${LETTER}])`;
const CURRENCY = `(?:[A-Z]{0,3}[$€£¥￥₩₹₽₺₫฿]${GAP}?|[A-Z]{3}(?=[0-9]))`;
const SIGNED = `(?:(?<![^\\s(（[“‘"'：，、。；${CJK}])[+＋−－±-]|[≤≥≈<>＜＞≦≧]${GAP}?|[§¶№]{1,2}${GAP}?|#(?=[0-9]))?${CURRENCY}?[+−-]?`;
const TO = `(?:[/／⁄~～〜×‐‑\\-－]|${GAP}?[–—−―]{1,3}${GAP}?|${GAP}?±${GAP}?|\\.{2,3}(?=[0-9])|…(?=[0-9])|から(?=[${DIGIT}${NUMERALS}])|${GAP}[-~～〜×]${GAP}|${GAP}to${GAP}|[至到](?=第?[${DIGIT}${NUMERALS}])|${GAP}[至到]${GAP})`;
const ONE = `(?:${DATE}|${DATE_ELSEWHERE}|${COORDINATE}|${AMOUNT})`;
const VALUE = `(?:${MONTH}(?:${GAP}?[–—-]${GAP}?|${GAP}to${GAP})(?=${MONTH}${GAP}[0-9]))?${SIGNED}${ONE}(?:${TO}(?:[+−±-]|${CURRENCY})?(?=[${DIGIT}${NUMERALS}${VULGAR}第半JFMASOND])${ONE}){0,12}(?:[–-]${PARTS})?`;

const ZONE = `(?:UTC|GMT)${GAP}?[+−–‑-][0-9]{1,2}(?::?[0-9]{2})?`;
const STAMP = '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?(?:Z|[+−-][0-9]{2}:?[0-9]{2})?';
const TELEPHONE = `\\+[0-9]{1,3}(?:[ \\u00A0-](?:\\([0-9]{1,4}\\)|[0-9]{2,4})){2,6}(?![0-9])`;
const ISSUED = `[〔［【\\[][0-9０-９]{4}[〕］】\\]]${GAP}?第?${GAP}?[0-9０-９]{1,5}${GAP}?[号號]`;
const NETWORK = '[0-9A-Fa-f]{1,4}(?::{1,2}[0-9A-Fa-f]{1,4}){2,7}(?![0-9A-Za-z:])';
const SYMBOL = '[A-Z]{1,8}[0-9]{0,4}(?:\\.[A-Z0-9]{1,12}){0,3}(?:\\([0-9]{4}\\))?(?:/[A-Z0-9][A-Za-z0-9]{0,11}(?:[.-][A-Za-z0-9]{1,12}){0,3}(?:\\([0-9A-Z]{1,8}\\))?){1,8}(?:[ \\u00A0]\\((?:19|20)[0-9]{2}\\))?(?![A-Za-z0-9])';
const ACCOUNT = '[A-Z]{2}[0-9]{2}(?:[ \\u00A0][0-9A-Z]{4}){2,7}(?:[ \\u00A0][0-9A-Z]{1,3})?(?![0-9A-Za-z])';
const RELEASE = '[0-9]{1,9}\\.[0-9]{1,9}\\.[0-9]{1,9}(?:-[0-9A-Za-z.-]{1,40})?\\+[0-9A-Za-z.-]{0,39}[0-9A-Za-z]';
const TOP = 'com|org|net|int|gov|edu|mil|info|io|example|test|invalid|eu|un|cn|us|uk|fr|de|ru|jp|kr|ch|nl|es|it|br|in|au|ca';
const SITE = `(?=[a-z0-9-]{1,63}\\.[a-z0-9])(?:[a-z0-9-]{1,63}\\.){1,6}(?:${TOP})(?![A-Za-z0-9])(?::[0-9]{1,5})?(?:/[^\\s<>“”"()（），。；、]{0,500}[A-Za-z0-9/=])?`;
const NAMED = '(?:sha(?:1|224|256|384|512)|md5|urn|doi|did|tel|mailto):[A-Za-z0-9+][^\\s<>“”"()（），。；、]{0,500}[A-Za-z0-9]';
const ADDRESS = 'https?://[^\\s<>“”"()（），。；、]{0,1000}[^\\s<>“”"()（），。；、.,;:!?]|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,64}(?:\\.[A-Za-z0-9-]{1,64}){1,6}'
  + `|${NAMED}|${SITE}`;
const REFERENCE = '(?:Arts?|arts?|Nos?|nos?|Paras?|paras?|Secs?|secs?|Chs?|chs?|Vols?|vols?|Figs?|figs?|Cls?|cls?|Regs?|regs?|Apps?|pp?)';
const SHORTENED = `[A-Za-z](?:\\.[A-Za-z])+(?:\\.[0-9]+|\\.)?(?![A-Za-z])|${REFERENCE}\\.(?=${GAP}?[0-9IVX])|(?:cf|Cf|etc|vs|viz|al|ibid|Ibid|Mr|Mrs|Ms|Dr|Prof|Inc|Ltd|Corp|Jr|Sr|Ph\\.D|approx|resp)\\.(?![A-Za-z])`;
const IN_WIDE = `（(?:${HAN}{1,3}|[0-9０-９]{1,4}|[A-Za-z]{1,2})）`;
const ENUMERATOR = `(?:${PARTS}){1,8}(?:[–-](?:${PARTS}){1,8})?|${IN_WIDE}(?:[至到—–-]${IN_WIDE})?`;
/** Letters, with apostrophe or hyphen inside; a figure behind them keeps its point: \`TLS1.3\`, \`Rev.1\`. */
const WORD = `[${LETTER}][${LETTER}${DIGIT}]*(?:['’‐‑_-][${LETTER}${DIGIT}]+|${SET_OFF}+[${LETTER}${DIGIT}]*|(?<=_[${LETTER}${DIGIT}]+)\\.[a-z]{2,5}(?![a-z])|(?<=[0-9])[.,:/][0-9]+|\\.(?=[0-9])[0-9]+|[+−](?=[0-9])[0-9]+[A-Za-z]{0,3})*`;

/** With what a value can begin, so that other words are not tried. */
const FIRST = `(?=[${DIGIT}${NUMERALS}${VULGAR}第半参+＋−－±≤≥≈<>＜＞≦≧§¶№$€£¥￥₩₹₽₺₫฿A-Z.#-])`;
/** Groups: 1 white space, 2 a value, 3 an enumerator or abbreviation, 4 a run of katakana, 5 a Chinese or Japanese character or a cluster, 6 letters. */
export const TOKEN = new RegExp(
  '(\\s+)'
  + `|(${ADDRESS}|${NETWORK}|${ISSUED}|${FIRST}(?:${STAMP}|${ZONE}|${ACCOUNT}|${RELEASE}|${TELEPHONE}|${SYMBOL}|${VALUE}))`
  + `|(${ENUMERATOR}|${SHORTENED})`
  + `|([${KATAKANA}]{2,})`
  + `|([${CJK}]${ATTACHED}*|(?:${CLUSTER}))`
  + `|(${WORD})`
  + `|[^](?:${ATTACHED}|\\u200D[^])*`, 'gu');

const BEGINNING = new Set([...`${NUMERALS}半第参`].map((c) => c.charCodeAt(0)));
/** A Chinese character with which no value begins. */
export const isPlainHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff && !BEGINNING.has(code);

/** One Chinese numeral alone is a character like any other: it begins many words. */
export const LONE = new RegExp(`^[${NUMERALS}半]$`, 'u');
