// What the page says, in English and in Persian, and how it writes numbers and
// ages: by the language of the page, never by the browser's.

export type Language = 'en' | 'fa';

const english = {
  title: 'Peyk',
  couriers: (n: string, one: boolean) => (one ? `${n} courier` : `${n} couriers`),
  silent: (n: string) => `${n} silent`,
  connecting: 'Connecting…',
  live: 'Live',
  justNow: 'just now',
  ago: (time: string) => `${time} ago`,
  lost: 'Lost',
  retryIn: (time: string) => `back in ${time}`,
  retrying: 'trying again…',
  refused: 'Refused',
  askForLink: 'ask for a new link',
  otherLanguage: 'فارسی',
  switchLanguage: 'Change the language to Persian',
  demoCity: 'Demo city: streets and names are invented',
  fallback: 'The map did not answer. This is the built-in one.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  showAll: 'Show all couriers',
  map: 'Map of the couriers',
  close: 'Close',
  id: 'id',
  motion: { moving: 'Moving', stopped: 'Stopped', silent: 'Silent' },
  empty: 'No courier yet',
  sendFirst: 'Send the first position:',
  copy: 'Copy',
  copied: 'Copied',
  withToken: 'The copied line holds your token.',
  needToken: 'This Peyk wants a token',
  needTokenWhy: 'Open the link that the server printed at its first start, or paste the token.',
  wrongToken: 'This token is not, or no longer, good. Ask for a new link, or paste another one.',
  token: 'Token',
  enter: 'Open the map',
  noWebGL: 'This browser cannot draw the map: it has no WebGL 2.',
};

const persian: typeof english = {
  title: 'پیک',
  couriers: (n) => `${n} پیک`,
  silent: (n) => `${n} خاموش`,
  connecting: 'در حال اتصال…',
  live: 'زنده',
  justNow: 'همین حالا',
  ago: (time) => `${time} پیش`,
  lost: 'ارتباط قطع شد',
  retryIn: (time) => `تلاش دوباره تا ${time} دیگر`,
  retrying: 'تلاش دوباره…',
  refused: 'پذیرفته نشد',
  askForLink: 'پیوند تازه بخواهید',
  otherLanguage: 'English',
  switchLanguage: 'تغییر زبان به انگلیسی',
  demoCity: 'شهر نمایشی: خیابان‌ها و نام‌ها ساختگی‌اند',
  fallback: 'نقشه پاسخ نداد؛ این نقشهٔ همراه برنامه است.',
  zoomIn: 'بزرگ‌نمایی',
  zoomOut: 'کوچک‌نمایی',
  showAll: 'نمایش همهٔ پیک‌ها',
  map: 'نقشهٔ پیک‌ها',
  close: 'بستن',
  id: 'شناسهٔ',
  motion: { moving: 'در حرکت', stopped: 'ایستاده', silent: 'خاموش' },
  empty: 'هنوز پیکی نیست',
  sendFirst: 'نخستین موقعیت را بفرستید:',
  copy: 'رونوشت',
  copied: 'رونوشت شد',
  withToken: 'در رونوشت، توکن شما هم هست.',
  needToken: 'ورود به پیک توکن می‌خواهد',
  needTokenWhy: 'پیوندی را که سرور در نخستین اجرا چاپ کرد باز کنید، یا توکن را اینجا بگذارید.',
  wrongToken: 'این توکن معتبر نیست. پیوند تازه بخواهید، یا توکن دیگری بگذارید.',
  token: 'توکن',
  enter: 'نمایش نقشه',
  noWebGL: 'این مرورگر نمی‌تواند نقشه را بکشد: WebGL 2 ندارد.',
};

export const texts = { en: english, fa: persian };

const locales = { en: 'en-GB', fa: 'fa-IR' };
const units = { en: { s: 's', min: 'min', h: 'h', d: 'd' }, fa: { s: 'ثانیه', min: 'دقیقه', h: 'ساعت', d: 'روز' } };

export function digits(n: number, language: Language): string {
  return new Intl.NumberFormat(locales[language]).format(n);
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

/** A moment exactly, with the calendar of the language: Jalali in Persian. */
export function exact(milliseconds: number, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeStyle: 'medium' }).format(milliseconds);
}
