package sim

import (
	"math/rand/v2"
	"strings"
)

// Streets and parks are named after flowers, trees, the weather and things
// that everybody likes. No name is that of a person.
const streetWords = `
لاله Laleh نسترن Nastaran یاس Yas نرگس Narges بنفشه Banafsheh شقایق Shaghayegh سوسن Susan سنبل Sonbol ارغوان Arghavan
نیلوفر Niloufar یاسمن Yasaman ریحان Reyhan پونه Puneh اقاقیا Aghaghia سرو Sarv صنوبر Senobar چنار Chenar بید Bid کاج Kaj
افرا Afra شمشاد Shemshad نارون Narvan گردو Gerdu انار Anar بادام Badam زیتون Zeytun نخل Nakhl سپیدار Sepidar بلوط Balut
بهار Bahar باران Baran شبنم Shabnam مهتاب Mahtab آفتاب Aftab ستاره Setareh سپیده Sepideh سحر Sahar نسیم Nasim دریا Darya
ساحل Sahel چشمه Cheshmeh آبشار Abshar کوهسار Kuhsar دشت Dasht صحرا Sahra مهر Mehr وفا Vafa صفا Safa امید Omid شادی Shadi
دانش Danesh هنر Honar فرهنگ Farhang اندیشه Andisheh دوستی Dusti آشتی Ashti همدلی Hamdeli نور Nur خورشید Khorshid فانوس Fanus
پرستو Parastu کبوتر Kabutar شاهین Shahin سیمرغ Simorgh طاووس Tavus غزال Ghazal آهو Ahu مرجان Marjan مروارید Morvarid
یاقوت Yaghut فیروزه Firuzeh زمرد Zomorrod الماس Almas کهربا Kahroba زرین Zarrin سیمین Simin گلستان Golestan گلشن Golshan
گلزار Golzar چمن Chaman پردیس Pardis مینو Minu نگین Negin آینه Ayeneh ترمه Termeh کاشی Kashi گنبد Gonbad ایوان Eyvan
کاروان Karavan چاپار Chapar قاصد Ghased کتاب Ketab قلم Ghalam سنتور Santur چنگ Chang آواز Avaz ترانه Taraneh سرود Sorud
مهرگان Mehregan نوروز Nowruz یلدا Yalda ساربان Sareban آسیاب Asiab بادبان Badban رنگین‌کمان Ranginkaman پروانه Parvaneh
شکوفه Shokufeh بلبل Bolbol قناری Ghanari کوثر Kowsar زمزم Zamzam نیایش Niayesh آرامش Aramesh روشنا Roshana`

const streetPrefixes = `باغ Bagh-e کوی Kuy-e گذر Gozar-e سرای Saray-e`

const districtWords = `
کهن‌دژ Kohandezh باغستان Baghestan سروستان Sarvestan چنارک Chenarak نوبهار Nobahar رودکنار Rudkenar گل‌چین Golchin
پیک‌آباد Peykabad شادمهر Shadmehr تپه‌سرخ Tappeh-Sorkh انارستان Anarestan بیدستان Bidestan کوشک Kushk نیلاب Nilab
خوش‌منظر Khosh-Manzar روشن‌دشت Roshandasht چاپارخانه Chaparkhaneh آسیابان Asiaban نیک‌شهر Nikshahr سنگ‌پل Sangpol
مهرورزان Mehrvarzan گلدشت Goldasht دروازه‌نو Darvazeh-Now باغ‌زار Baghzar`

// words reads pairs of a Persian and an English word.
func words(list string) []name {
	fields := strings.Fields(list)
	names := make([]name, len(fields)/2)
	for i := range names {
		names[i] = name{strings.ReplaceAll(fields[2*i], "_", " "), strings.ReplaceAll(fields[2*i+1], "_", " ")}
	}
	return names
}

// nameList gives every name once.
type nameList struct {
	streets, parks, districts []name
}

func newNameList(r *rand.Rand) *nameList {
	l := &nameList{streets: words(streetWords), parks: words(streetWords), districts: words(districtWords)}
	shuffle(r, l.streets)
	shuffle(r, l.parks)
	shuffle(r, l.districts[1:]) // the first is the old town's
	var more []name
	for _, prefix := range words(streetPrefixes) {
		for _, n := range words(streetWords) {
			more = append(more, name{prefix.fa + " " + n.fa, prefix.en + " " + n.en})
		}
	}
	shuffle(r, more)
	l.streets = append(l.streets, more...)
	return l
}

func shuffle(r *rand.Rand, names []name) {
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
}

// take returns the first name and takes it off the list.
func take(names *[]name) name {
	first := (*names)[0]
	*names = (*names)[1:]
	return first
}
