const WORKING = String.raw`(?:(?:working|business|calendar|consecutive|full|clear|рабочих|календарных|полных)\s+)?`;
/** What numbers count, in the languages in which such texts are written. */
const UNIT_WORDS = [
  'seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|quarters?|years?|decades?|times?|per\\s?cent|percent|degrees?|thousand|hundred|million|billion|usd|eur|gbp|cny|rmb|chf|euros?|dollars?|yuan|pounds?|km|kg|m|[kmgt]b|[kmg]?hz|kwh|tonnes?|o\'clock|noon|[ap]\\.?m\\.?',
  'sekunden?|minuten?|stunden?|(?:werk|arbeits|kalender|bank)?tage?n?|wochen?|monate?n?|jahre?n?|quartale?n?|uhr|mal|prozent|tausend|million(?:en)?|milliarden?',
  'secondes?|heures?|jours?|semaines?|mois|trimestres?|ans|années?|fois|pour\\s?cent|milliers?|millions?|milliards?',
  'segundos?|minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?|anos?|veces|vezes|por\\s?(?:ciento|cento)|mil|mill[oó]n(?:es)?|milh(?:ão|ões)',
  'second[io]|minut[io]|ore|giorn[io]|settiman[ae]|mes[ei]|ann[io]|volte|per\\s?cento|milion[ei]|miliard[io]|uur|uren|dag(?:en)?|weken|maand(?:en)?|jaar|jaren',
  'секунд\\p{L}*|минут\\p{L}*|час(?:а|ов)?|дн(?:я|ей)|день|сут(?:ок|ки)|недел\\p{L}+|месяц\\p{L}*|квартал\\p{L}*|год(?:а|у|ов)?|лет|раза?|процент\\p{L}*|тысяч\\p{L}*|миллион\\p{L}*|миллиард\\p{L}*|рубл\\p{L}+',
  'ساعة|ساعات|يوم[اًا]*|أيام|أسبوع|أسابيع|شهر[اًا]*|أشهر|سنة|سنوات|دقيقة|시간|분|초|일|주|개월|월|년|영업일|근무일|회|명|원|퍼센트',
].join('|');
const UNIT = `${WORKING}(?:(?:${UNIT_WORDS})(?![\\p{L}\\p{N}])|[%‰°€$£¥])`;
/** The same in Chinese and Japanese, behind a number with no mark. */
export const HAN_UNIT = /^(?:小时|小時|分钟|分鐘|秒|天|日|周|週|星期|个|個|か月|ヶ月|カ月|箇月|営業日|時間|年|月|元|円|圆|圓|倍|次|回|名|人|分之)/u;
/** Beginnings of the names of months; those of the second list are no other words, and enough without a year. */
const MONTHS = 'jan|feb|f[eé]v|m[aä]r|maart|apr|avr|abr|ma[iyj]|mei|mag|jun|juin|giu|jul|juil|lug|aug|ago|ao[uû]|sep|set|o[ckt]t|out|nov|de[cz]|dic|ene|gen|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек';
const MONTH_NAMES = 'januar|februar|märz|juni|juli|oktober|dezember|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря';
/** A quantity, a date or a time goes on so. */
export const COUNTED = new RegExp(`^[-–—]?\\s*(?:${UNIT}|(?:${MONTHS})\\p{L}*\\.?,?\\s+(?:de\\s+)?\\d{4}|(?:${MONTH_NAMES})(?!\\p{L})|\\d{1,2}\\.\\s*\\d{4}(?!\\d))`, 'iu');
