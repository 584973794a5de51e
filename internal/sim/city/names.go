package city

import (
	"math/rand/v2"

	"peyk/internal/sim/persian"
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
مهرگان Mehregan نوروز Nowruz یلدا Yalda ساربان Sareban آسیاب Asiab بادبان Badban رنگین_کمان Ranginkaman پروانه Parvaneh
شکوفه Shokufeh بلبل Bolbol قناری Ghanari کوثر Kowsar زمزم Zamzam نیایش Niayesh آرامش Aramesh روشنا Roshana`

const streetPrefixes = `باغ Bagh-e کوی Kuy-e گذر Gozar-e سرای Saray-e`

const districtWords = `
کهن_دژ Kohandezh باغستان Baghestan سروستان Sarvestan چنارک Chenarak نوبهار Nobahar رودکنار Rudkenar گل_چین Golchin
پیک_آباد Peykabad شادمهر Shadmehr تپه_سرخ Tappeh-Sorkh انارستان Anarestan بیدستان Bidestan کوشک Kushk نیلاب Nilab
خوش_منظر Khosh-Manzar روشن_دشت Roshandasht چاپارخانه Chaparkhaneh آسیابان Asiaban نیک_شهر Nikshahr سنگ_پل Sangpol
مهرورزان Mehrvarzan گلدشت Goldasht دروازه_نو Darvazeh-Now باغ_زار Baghzar`

// names gives every name once.
type names struct{ streets, parks, districts list }

func newNames(r *rand.Rand) *names {
	n := &names{persian.Names(streetWords), persian.Names(streetWords), persian.Names(districtWords)}
	n.streets.shuffle(r)
	n.parks.shuffle(r)
	n.districts[1:].shuffle(r) // the first is the old town's
	var more list
	for _, prefix := range persian.Names(streetPrefixes) {
		for _, name := range persian.Names(streetWords) {
			more = append(more, persian.Name{Fa: prefix.Fa + " " + name.Fa, En: prefix.En + " " + name.En})
		}
	}
	more.shuffle(r)
	n.streets = append(n.streets, more...)
	return n
}

type list []persian.Name

func (l list) shuffle(r *rand.Rand) {
	r.Shuffle(len(l), func(i, j int) { l[i], l[j] = l[j], l[i] })
}

// take returns the first name and takes it off the list.
func (l *list) take() persian.Name {
	first := (*l)[0]
	*l = (*l)[1:]
	return first
}
