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
    phone: 'Phone',
    vehicle: 'Vehicle',
  },
  winds: ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'],
  kmh: 'km/h',
  metres: 'm',
  degrees: (n: string) => `${n}°`,
  follow: 'Follow',
  following: 'Following',
  copyPlace: 'Copy the coordinates',
  copyLink: 'Copy link',
  call: 'Call',
  unknown: (id: string) => `No courier ${id}`,
  unknownWhy: 'It has reported no position lately, or you may not see it.',
  menu: 'Settings',
  language: 'Language',
  who: 'Your access',
  everybody: 'Everybody: this server asks for no token',
  roles: { admin: 'Admin', viewer: 'Viewer', courier: 'Courier', service: 'Service', customer: 'Customer' },
  actions: { watch: 'sees', publish: 'reports positions', manage: 'manages' },
  right: { role: 'Role', may: 'May do', whom: 'Whom', until: 'Until' },
  unlimited: 'no end',
  scopes: {
    all: 'all couriers',
    team: (names: string, one: boolean) => (one ? `team ${names}` : `teams ${names}`),
    courier: (names: string, one: boolean) => (one ? `courier ${names}` : `couriers ${names}`),
    order: (names: string, one: boolean) => (one ? `order ${names}` : `orders ${names}`),
    nobody: 'nobody',
    more: (n: string) => `${n} more`,
  },
  renew: 'Give a new token',
  renewWhy: 'Paste it here, or open the new link in this tab.',
  endsSoon: 'Your access is about to end',
  endsIn: (time: string) => `in ${time}`,
  goOn: 'Go on',
  later: 'Later',
  orders: 'Orders',
  manage: 'Manage couriers, teams and keys',
  edit: 'Edit',
  shade: 'Colours',
  shades: { system: 'System', light: 'Light', dark: 'Dark' },
  leave: 'Log out',
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
  logIn: 'Log in',
  needLogIn: 'This Peyk wants to know who you are',
  needLogInWhy: 'Log in at your shop, or paste a token.',
  wrongToken: 'This token is not, or no longer, good. Ask for a new link, or paste another one.',
  badToken: 'This token is not good. You are still logged in with the one before.',
  ended: {
    expired: 'Your access has ended',
    revoked: 'Your access was withdrawn',
    expiredAt: (time: string) => `It was good until ${time}. Log in again with a new link or a new token.`,
    expiredWhy: 'Its time is over. Log in again with a new link or a new token.',
    revokedWhy: 'An admin has changed or withdrawn it. Ask for a new link, or paste a new token.',
  },
  barred: {
    title: (role: string) => `You are logged in as: ${role}`,
    courier: 'Here dispatchers watch the map. Your positions come from the app on your phone; on this page there is nothing for you to do.',
    service: 'Here people watch the map. This key is for programs that report positions; it shows nothing.',
    customer: 'Here the shop watches its couriers. Your own delivery is on the link that the shop sent you.',
    other: 'Do you have the token of an admin or a viewer? Paste it.',
  },
  token: 'Token',
  keepToken: 'Stay logged in on this device',
  enter: 'Open the map',
  noWebGL: 'This browser cannot draw the map: it has no WebGL 2.',
  noPart: 'This part of the page did not load.',
  again: 'Try again',
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
    phone: 'تلفن',
    vehicle: 'وسیله',
  },
  winds: ['شمال', 'شمال شرقی', 'شرق', 'جنوب شرقی', 'جنوب', 'جنوب غربی', 'غرب', 'شمال غربی'],
  kmh: 'کیلومتر/ساعت',
  metres: 'متر',
  degrees: (n) => `${n} درجه`,
  follow: 'دنبال کردن',
  following: 'در حال دنبال کردن',
  copyPlace: 'کپی مختصات',
  copyLink: 'کپی لینک',
  call: 'تماس',
  unknown: (id) => `پیکی با شناسهٔ ${id} نیست`,
  unknownWhy: 'مدتی است موقعیتی نفرستاده است، یا شما اجازهٔ دیدن آن را ندارید.',
  menu: 'تنظیمات',
  language: 'زبان',
  who: 'دسترسی شما',
  everybody: 'همه: این سرور توکن نمی‌خواهد',
  roles: { admin: 'مدیر', viewer: 'بیننده', courier: 'پیک', service: 'سرویس', customer: 'مشتری' },
  actions: { watch: 'دیدن', publish: 'گزارش موقعیت', manage: 'مدیریت' },
  right: { role: 'نقش', may: 'اجازهٔ', whom: 'چه کسانی', until: 'تا' },
  unlimited: 'بی‌پایان',
  scopes: {
    all: 'همهٔ پیک‌ها',
    team: (names, one) => (one ? `گروه ${names}` : `گروه‌های ${names}`),
    courier: (names, one) => (one ? `پیک ${names}` : `پیک‌های ${names}`),
    order: (names, one) => (one ? `سفارش ${names}` : `سفارش‌های ${names}`),
    nobody: 'هیچ‌کس',
    more: (n) => `${n} مورد دیگر`,
  },
  renew: 'توکن تازه',
  renewWhy: 'توکن را اینجا بگذارید، یا لینک تازه را در همین برگه باز کنید.',
  endsSoon: 'دسترسی شما رو به پایان است',
  endsIn: (time) => `تا ${time} دیگر`,
  goOn: 'ادامه',
  later: 'بعداً',
  orders: 'سفارش‌ها',
  manage: 'مدیریت پیک‌ها، گروه‌ها و کلیدها',
  edit: 'ویرایش',
  shade: 'رنگ‌ها',
  shades: { system: 'سیستم', light: 'روشن', dark: 'تیره' },
  leave: 'خروج',
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
  copy: 'کپی',
  copied: 'کپی شد',
  withToken: 'در متن کپی‌شده، توکن شما هم هست.',
  needToken: 'ورود به پیک توکن می‌خواهد',
  needTokenWhy: 'لینکی را که سرور در نخستین اجرا چاپ کرد باز کنید، یا توکن را اینجا بگذارید.',
  logIn: 'ورود',
  needLogIn: 'پیک می‌خواهد بداند شما کیستید',
  needLogInWhy: 'در فروشگاه خود وارد شوید، یا توکن را اینجا بگذارید.',
  wrongToken: 'این توکن معتبر نیست. لینک تازه بخواهید، یا توکن دیگری بگذارید.',
  badToken: 'این توکن معتبر نیست. با توکن پیشین همچنان وارد هستید.',
  ended: {
    expired: 'دسترسی شما پایان یافت',
    revoked: 'دسترسی شما پس گرفته شد',
    expiredAt: (time) => `تا ${time} اعتبار داشت. با لینک یا توکن تازه دوباره وارد شوید.`,
    expiredWhy: 'زمان آن گذشته است. با لینک یا توکن تازه دوباره وارد شوید.',
    revokedWhy: 'مدیری آن را تغییر داده یا باطل کرده است. لینک تازه بخواهید، یا توکن تازه بگذارید.',
  },
  barred: {
    title: (role) => `شما با نقشِ «${role}» وارد شده‌اید`,
    courier: 'اینجا صفحهٔ کسانی است که نقشه را می‌بینند. موقعیت شما را برنامهٔ روی گوشی می‌فرستد؛ در این صفحه کاری ندارید.',
    service: 'اینجا صفحهٔ کسانی است که نقشه را می‌بینند. این کلید برای برنامه‌هایی است که موقعیت گزارش می‌کنند و چیزی نشان نمی‌دهد.',
    customer: 'اینجا فروشگاه پیک‌هایش را می‌بیند. سفارش خود را با لینکی که فروشگاه برایتان فرستاده است ببینید.',
    other: 'توکن مدیر یا بیننده دارید؟ آن را اینجا بگذارید.',
  },
  token: 'توکن',
  keepToken: 'در این دستگاه وارد بمانم',
  enter: 'نمایش نقشه',
  noWebGL: 'این مرورگر نمی‌تواند نقشه را بکشد: WebGL 2 ندارد.',
  noPart: 'این بخش از صفحه بارگیری نشد.',
  again: 'تلاش دوباره',
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

/** Several things in one phrase, as the language joins them; each keeps its own direction. */
export function joined(items: readonly string[], language: Language): string {
  return new Intl.ListFormat(locales[language]).format(items.map((item) => `\u2068${item}\u2069`));
}

/** A moment to the minute, with the calendar of the language. */
export function date(milliseconds: number, language: Language, timezone: string): string {
  return moment(milliseconds, language, timezone, { dateStyle: 'medium', timeStyle: 'short' });
}

/** A moment exactly, with the calendar of the language: Jalali in Persian. An empty time zone is the browser's. */
export function exact(milliseconds: number, language: Language, timezone: string): string {
  return moment(milliseconds, language, timezone, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** The time of day of a moment. */
export function timeOfDay(milliseconds: number, language: Language, timezone: string): string {
  return moment(milliseconds, language, timezone, { timeStyle: 'medium' });
}

/** The time of day to the minute. */
export function hourAndMinute(milliseconds: number, language: Language, timezone: string): string {
  return moment(milliseconds, language, timezone, { timeStyle: 'short' });
}

/** The day of a moment. */
export function day(milliseconds: number, language: Language, timezone: string): string {
  return moment(milliseconds, language, timezone, { dateStyle: 'medium' });
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
