package sim

import (
	"strconv"
	"strings"
	"sync"

	"peyk/internal/sim/persian"
)

const givenNames = `
سارا Sara علی Ali مریم Maryam رضا Reza زهرا Zahra امیر Amir نگار Negar حسین Hossein لیلا Leila مهدی Mehdi الهام Elham
کاوه Kaveh شیرین Shirin آرش Arash نازنین Nazanin بهرام Bahram پریسا Parisa سیاوش Siavash ترانه Taraneh کیان Kian مینا Mina
داریوش Dariush سمیرا Samira فرهاد Farhad آیدا Aida جمشید Jamshid نیلوفر Niloufar سهراب Sohrab رویا Roya بابک Babak هانیه Hanieh
پویا Pouya مهسا Mahsa کامران Kamran گلناز Golnaz شهرام Shahram نسرین Nasrin سینا Sina پروانه Parvaneh احسان Ehsan سپیده Sepideh
مازیار Maziar شقایق Shaghayegh نوید Navid فاطمه Fatemeh یاسر Yaser آزاده Azadeh میلاد Milad هدی Hoda سامان Saman بیتا Bita
فرزاد Farzad مونا Mona وحید Vahid ژاله Zhaleh ایمان Iman درسا Dorsa حامد Hamed کتایون Katayoun یوسف Yousef`

const familyNames = `
احمدی Ahmadi محمدی Mohammadi رضایی Rezaei کریمی Karimi حسینی Hosseini موسوی Mousavi جعفری Jafari صادقی Sadeghi رحیمی Rahimi
ابراهیمی Ebrahimi قاسمی Ghasemi اکبری Akbari حیدری Heydari نوری Nouri مرادی Moradi یوسفی Yousefi امینی Amini کاظمی Kazemi
زارعی Zarei سلیمانی Soleimani فرهادی Farhadi باقری Bagheri طاهری Taheri شریفی Sharifi عباسی Abbasi قربانی Ghorbani نجفی Najafi
بهرامی Bahrami میرزایی Mirzaei رستمی Rostami شفیعی Shafiei خسروی Khosravi توکلی Tavakoli افشار Afshar بهشتی Beheshti تهرانی Tehrani
شیرازی Shirazi اصفهانی Esfahani تبریزی Tabrizi کاشانی Kashani یزدی Yazdi گیلانی Gilani کرمانی Kermani همدانی Hamedani زمانی Zamani
بهاری Bahari دانش Danesh سروش Soroush پارسا Parsa آریان Arian راد Rad نیکنام Niknam فرهمند Farahmand خرسند Khorsand امیدوار Omidvar
پیروز Pirouz جوان Javan بزرگی Bozorgi وفایی Vafaei صفری Safari کیانی Kiani فتحی Fathi`

// The lists are read once, when the first courier is named.
var (
	given    = sync.OnceValue(func() []persian.Name { return persian.Names(givenNames) })
	families = sync.OnceValue(func() []persian.Name { return persian.Names(familyNames) })
)

// Person returns the name and the username ("sara.ahmadi") of the courier with
// that number. No two numbers share one.
func Person(n int) (name, username string) {
	given, family := given(), families()
	pairs := uint64(len(given) * len(family))
	const stride = 1_000_003 // prime: it visits every pair once
	pair, again := uint64(n)%pairs*stride%pairs, uint64(n)/pairs
	g, f := given[pair%uint64(len(given))], family[pair/uint64(len(given))]
	name, username = g.Fa+" "+f.Fa, strings.ToLower(g.En+"."+f.En)
	if again > 0 {
		name += " " + persian.Digits(int(again)+1)
		username += strconv.FormatUint(again+1, 10)
	}
	return name, username
}
