// What the page says, in English and in Persian, and how it writes numbers and
// ages: by the language of the page, never by the browser's.

export type Language = 'en' | 'fa';

const english = {
  title: 'Peyk',
  panel: 'Couriers',
  couriers: (n: string, one: boolean) => (one ? `${n} courier` : `${n} couriers`),
  connecting: 'Connecting…',
  live: 'Live',
  quiet: 'Quiet',
  now: 'now',
  justNow: 'just now',
  ago: (time: string) => `${time} ago`,
  lost: 'Lost',
  asOf: (time: string) => `as of ${time}`,
  retryIn: (time: string) => `back in ${time}`,
  retrying: 'trying again…',
  refused: 'Refused',
  askForLink: 'ask for a new link',
  demoCity: 'Demo city: streets and names are invented',
  fallback: 'The map did not answer. This is the built-in one.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  showAll: 'Show all couriers',
  map: 'Map of the couriers',
  close: 'Close',
  motion: { moving: 'Moving', stopped: 'Stopped', silent: 'Silent' },
  filters: { all: 'All', moving: 'Moving', stopped: 'Stopped', silent: 'Silent' },
  filter: 'Show only',
  search: 'Search couriers',
  searchHint: 'Name, username or id',
  clearSearch: 'Clear the search',
  noResult: (query: string) => `Nobody matches “${query}”`,
  noneSuch: { all: 'Nobody is here', moving: 'Nobody is moving', stopped: 'Nobody has stopped', silent: 'Nobody is silent' },
  showEverybody: 'Show everybody',
  loading: 'Loading couriers…',
  list: 'List of couriers',
  fold: 'Fold the panel away',
  unfold: 'Show the panel',
  sheet: ['Panel: small', 'Panel: half', 'Panel: large'],
  cluster: (n: string) => `${n} couriers here: show them`,
  card: {
    id: 'ID',
    position: 'Position',
    heard: 'Heard',
    speed: 'Speed',
    heading: 'Heading',
    accuracy: 'Accuracy',
    altitude: 'Altitude',
    battery: 'Battery',
    measured: 'Measured',
    every: 'Reports every',
    username: 'Username',
    team: 'Team',
  },
  winds: ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'],
  kmh: 'km/h',
  metres: 'm',
  follow: 'Follow',
  following: 'Following',
  copyPlace: 'Copy the coordinates',
  copyLink: 'Copy link',
  call: 'Call',
  unknown: (id: string) => `No courier ${id}`,
  unknownWhy: 'It has not reported since the server started, or you may not see it.',
  menu: 'Settings',
  language: 'Language',
  shade: 'Colours',
  shades: { system: 'System', light: 'Light', dark: 'Dark' },
  leave: 'Forget the token',
  keys: 'Keyboard',
  keyList: [
    ['/', 'search'],
    ['↑ ↓', 'through the list'],
    ['Enter', 'fly to the courier'],
    ['f', 'follow, or stop following'],
    ['Esc', 'back'],
    ['?', 'this list'],
  ],
  empty: 'No courier yet',
  sendFirst: 'Send the first position:',
  copy: 'Copy',
  copied: 'Copied',
  withToken: 'The copied line holds your token.',
  needToken: 'This Peyk wants a token',
  needTokenWhy: 'Open the link that the server printed at its first start, or paste the token.',
  wrongToken: 'This token is not, or no longer, good. Ask for a new link, or paste another one.',
  token: 'Token',
  keepToken: 'Stay logged in on this device',
  enter: 'Open the map',
  noWebGL: 'This browser cannot draw the map: it has no WebGL 2.',
};

const persian: typeof english = {
  title: 'پیک',
  panel: 'پیک‌ها',
  couriers: (n) => `${n} پیک`,
  connecting: 'در حال اتصال…',
  live: 'زنده',
  quiet: 'بی‌خبر',
  now: 'اکنون',
  justNow: 'همین حالا',
  ago: (time) => `${time} پیش`,
  lost: 'ارتباط قطع شد',
  asOf: (time) => `تصویرِ ${time}`,
  retryIn: (time) => `تلاش دوباره تا ${time} دیگر`,
  retrying: 'تلاش دوباره…',
  refused: 'پذیرفته نشد',
  askForLink: 'پیوند تازه بخواهید',
  demoCity: 'شهر نمایشی: خیابان‌ها و نام‌ها ساختگی‌اند',
  fallback: 'نقشه پاسخ نداد؛ این نقشهٔ همراه برنامه است.',
  zoomIn: 'بزرگ‌نمایی',
  zoomOut: 'کوچک‌نمایی',
  showAll: 'نمایش همهٔ پیک‌ها',
  map: 'نقشهٔ پیک‌ها',
  close: 'بستن',
  motion: { moving: 'در حرکت', stopped: 'ایستاده', silent: 'خاموش' },
  filters: { all: 'همه', moving: 'در حرکت', stopped: 'ایستاده', silent: 'خاموش' },
  filter: 'نمایش',
  search: 'جست‌وجوی پیک',
  searchHint: 'نام، نام کاربری یا شناسه',
  clearSearch: 'پاک کردن جست‌وجو',
  noResult: (query) => `کسی با «${query}» پیدا نشد`,
  noneSuch: { all: 'کسی اینجا نیست', moving: 'کسی در حرکت نیست', stopped: 'کسی نایستاده است', silent: 'کسی خاموش نیست' },
  showEverybody: 'نمایش همه',
  loading: 'در حال دریافت پیک‌ها…',
  list: 'فهرست پیک‌ها',
  fold: 'بستن پنل',
  unfold: 'باز کردن پنل',
  sheet: ['پنل: کوچک', 'پنل: نیمه', 'پنل: بزرگ'],
  cluster: (n) => `${n} پیک اینجاست: نمایش آن‌ها`,
  card: {
    id: 'شناسه',
    position: 'موقعیت',
    heard: 'آخرین خبر',
    speed: 'سرعت',
    heading: 'جهت',
    accuracy: 'دقت',
    altitude: 'ارتفاع',
    battery: 'باتری',
    measured: 'زمان اندازه‌گیری',
    every: 'گزارش هر',
    username: 'نام کاربری',
    team: 'گروه',
  },
  winds: ['شمال', 'شمال شرقی', 'شرق', 'جنوب شرقی', 'جنوب', 'جنوب غربی', 'غرب', 'شمال غربی'],
  kmh: 'کیلومتر/ساعت',
  metres: 'متر',
  follow: 'دنبال کردن',
  following: 'در حال دنبال کردن',
  copyPlace: 'رونوشت مختصات',
  copyLink: 'رونوشت پیوند',
  call: 'تماس',
  unknown: (id) => `پیکی با شناسهٔ ${id} نیست`,
  unknownWhy: 'از زمان آغاز به کار سرور خبری نداده است، یا شما اجازهٔ دیدن آن را ندارید.',
  menu: 'تنظیمات',
  language: 'زبان',
  shade: 'رنگ‌ها',
  shades: { system: 'سیستم', light: 'روشن', dark: 'تیره' },
  leave: 'فراموش کردن توکن',
  keys: 'صفحه‌کلید',
  keyList: [
    ['/', 'جست‌وجو'],
    ['↑ ↓', 'حرکت در فهرست'],
    ['Enter', 'پرواز به سوی پیک'],
    ['f', 'دنبال کردن یا نکردن'],
    ['Esc', 'بازگشت'],
    ['?', 'همین راهنما'],
  ],
  empty: 'هنوز پیکی نیست',
  sendFirst: 'نخستین موقعیت را بفرستید:',
  copy: 'رونوشت',
  copied: 'رونوشت شد',
  withToken: 'در رونوشت، توکن شما هم هست.',
  needToken: 'ورود به پیک توکن می‌خواهد',
  needTokenWhy: 'پیوندی را که سرور در نخستین اجرا چاپ کرد باز کنید، یا توکن را اینجا بگذارید.',
  wrongToken: 'این توکن معتبر نیست. پیوند تازه بخواهید، یا توکن دیگری بگذارید.',
  token: 'توکن',
  keepToken: 'در این دستگاه وارد بمانم',
  enter: 'نمایش نقشه',
  noWebGL: 'این مرورگر نمی‌تواند نقشه را بکشد: WebGL 2 ندارد.',
};

export const texts = { en: english, fa: persian };

export const languages: Record<Language, string> = { en: 'English', fa: 'فارسی' };
export const locales = { en: 'en-GB', fa: 'fa-IR' };
const units = { en: { s: 's', min: 'min', h: 'h', d: 'd' }, fa: { s: 'ثانیه', min: 'دقیقه', h: 'ساعت', d: 'روز' } };

const formats = new Map<string, Intl.NumberFormat>(); // to make one costs more than to use it a hundred times

export function digits(n: number, language: Language, options: Intl.NumberFormatOptions = {}): string {
  const key = `${language} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(locales[language], options)));
  return format.format(n);
}

/** A length of time as people say it: "12 s", "۳ دقیقه". */
export function age(milliseconds: number, language: Language): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const unit = units[language];
  if (seconds < 60) return `${digits(seconds, language)} ${unit.s}`;
  if (seconds < 3600) return `${digits(Math.floor(seconds / 60), language)} ${unit.min}`;
  if (seconds < 86_400) return `${digits(Math.floor(seconds / 3600), language)} ${unit.h}`;
  return `${digits(Math.floor(seconds / 86_400), language)} ${unit.d}`;
}

/** A moment exactly, with the calendar of the language: Jalali in Persian. An empty time zone is the browser's. */
export function exact(milliseconds: number, language: Language, timezone: string): string {
  return moment(milliseconds, language, timezone, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** The time of day of a moment. */
export function timeOfDay(milliseconds: number, language: Language, timezone: string): string {
  return moment(milliseconds, language, timezone, { timeStyle: 'medium' });
}

function moment(milliseconds: number, language: Language, timezone: string, style: Intl.DateTimeFormatOptions): string {
  const zone = known(timezone) ? { timeZone: timezone } : {};
  return new Intl.DateTimeFormat(locales[language], { ...style, ...zone }).format(milliseconds);
}

/** Whether the browser has heard of the time zone. */
function known(timezone: string): boolean {
  if (timezone === '') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone }).format();
    return true;
  } catch {
    return false;
  }
}

/** Degrees as the language writes them, to the precision that phones have: about a metre. */
export function coordinates(lat: number, lon: number, language: Language): string {
  const five = { minimumFractionDigits: 5, maximumFractionDigits: 5 };
  return `${digits(lat, language, five)}${language === 'fa' ? '،' : ','} ${digits(lon, language, five)}`;
}

/** The name of the direction, degrees clockwise from north. */
export function wind(heading: number, language: Language): string {
  return texts[language].winds[Math.round(heading / 45) % 8] ?? '';
}
