import { AttributionControl, LngLatBounds, Map as Map$1, setWorkerUrl } from "./maplibre-gl.mjs";
// node_modules/preact/dist/preact.mjs
var n$1;
var t$2;
var r$2;
var u$3;
var i$2;
var f$3;
var o$3;
var e$2;
var l$2;
var c$2;
var a$3;
var h$3 = Symbol.for("pv");
var p$3 = {};
var y$3 = [];
var v$2 = /^m(i|n|o|s|text|space)$/;
var w$3 = Array.isArray;
var d$2 = y$3.slice;
var _$1 = Object.assign;
function g$3(n) {
	n && n.parentNode && n.remove();
}
function k$2(n, t, r) {
	var u, i, f, o = {}, e = arguments.length;
	for (f in t) "key" == f ? u = t[f] : "ref" == f && "function" != typeof n ? i = t[f] : o[f] = t[f];
	return e > 2 && (o.children = e > 3 ? d$2.call(arguments, 2) : r), m$3(n, o, u, i, null);
}
function m$3(r, u, i, f, o) {
	var e = {
		type: r,
		props: u,
		key: i,
		ref: f,
		__k: null,
		__: null,
		__b: 0,
		__e: null,
		__c: null,
		constructor: h$3,
		__v: o || ++t$2,
		__i: -1,
		__u: 0
	};
	return !o && n$1.vnode && n$1.vnode(e), e;
}
function $(n) {
	return n.children;
}
function x$1(n, t) {
	this.props = n, this.context = t, this.__g = 0;
}
function S$1(n, t) {
	if (null == t) return n.__ && S$1(n.__, n.__i + 1);
	for (var r; t < n.__k.length; t++) if ((r = n.__k[t]) && r.__e) return r.__e;
	return "function" != typeof n.type || n.props.__P ? null : S$1(n);
}
function C$1(t) {
	var r, u = t.__v, i = u.__e, f = [], o = [], e = t.__P;
	e && ((r = _$1({ constructor: h$3 }, u)).__v = u.__v + 1, n$1.vnode && n$1.vnode(r), z$1(e, r, u, t.__n, e.namespaceURI, 32 & u.__u ? [i] : null, f, i || S$1(u), 32 & u.__u, o), r.__v = u.__v, r.__.__k[r.__i] = r, E$1(f, r, o), u.__ = u.__e = null, r.__e != i && j$1(r));
}
function j$1(n) {
	if ((n = n.__) && n.__c && !n.props.__P) return n.__e = null, n.__k.some(function(t) {
		return t && (n.__e = t.__e);
	}), j$1(n);
}
function L(t) {
	(8 & t.__g || (t.__g |= 8, u$3.push(t), f$3++)) && i$2 == n$1.debounceRendering || ((i$2 = n$1.debounceRendering) || queueMicrotask)(H);
}
function H() {
	try {
		for (var n, t = 1; u$3.length;) u$3.length > t && u$3.sort(o$3), n = u$3.shift(), t = u$3.length, 8 & n.__g && C$1(n);
	} finally {
		(f$3 = u$3.length) && (i$2 || queueMicrotask)(H);
	}
}
function I(n, t, r, u, i, f, o, e, l, c, a) {
	var s, h, v, w, d, _, g = u.__k || y$3, k = t.length;
	for (l = q(r, t, g, l, k), s = 0; s < k; s++) null != (v = r.__k[s]) && (h = ~v.__i && g[v.__i] || p$3, v.__i = s, _ = z$1(n, v, h, i, f, o, e, l, c, a), w = v.__e, (h.ref != v.ref || 8 & h.__u) && (h.ref && G(h.ref, null, v, h), v.ref && a.push(v.ref, v.__c || w, v)), d = d || w, 4 & v.__u ? (l = A$1(v, l, n, !h.__v), h.__e && (h.__e = null)) : "function" == typeof v.type && void 0 !== _ ? l = _ : w && (l = w.nextSibling), v.__u &= -21);
	return r.__e = d, l;
}
function q(n, t, r, u, i) {
	var f, o, e, l, c, a, s, p, y, v = r.length, d = v, _ = 0, g = 0, k = n.__k = Array(i);
	for (f = 0; f < i; f++) null != (o = t[f]) && "boolean" != typeof o && "function" != typeof o ? ("object" != typeof o || o.constructor === String ? o = k[f] = m$3(null, o) : w$3(o) ? o = k[f] = m$3($, { children: o }) : o.constructor === h$3 && o.__b ? o = k[f] = m$3(o.type, o.props, o.key, o.ref, o.__v) : k[f] = o, l = f + _, o.__ = n, o.__b = n.__b + 1, e = null, ~(c = o.__i = P(o, r, l, d)) && (d--, (e = r[c]) && (e.__u |= 2)), e && e.__v ? (o.__u |= 16, c == l - 1 ? _-- : c == l + 1 ? _++ : c != l && (c > l ? _-- : _++, g = 1)) : (~c || (i > v ? _-- : i < v && _++), "function" != typeof o.type && (o.__u |= 4))) : k[f] = null;
	if (g) {
		for (a = [], s = [], f = 0; f < i; f++) if ((o = k[f]) && 16 & o.__u) {
			for (_ = 0, p = a.length; _ < p;) a[y = _ + p >> 1] < o.__i ? _ = y + 1 : p = y;
			a[_] = o.__i, s[f] = _ + 1;
		}
		for (_ = a.length; f--;) s[f] && (s[f] == _ ? _-- : k[f].__u |= 4);
	}
	if (d) for (f = 0; f < v; f++) !(e = r[f]) || 2 & e.__u || (e.__e == u && (u = S$1(e)), J(e, e));
	return u;
}
function A$1(n, t, r, u) {
	var i, f, o, e;
	if ("function" == typeof n.type) {
		if (n.props.__P) return t;
		if (i = n.__k) for (f = 0; f < i.length; f++) i[f] && (i[f].__ = n, t = A$1(i[f], t, r, !1));
		return t;
	}
	for (t && !t.parentNode && (t = S$1(n)) && !t.parentNode && (t = null), o = n.__e, e = t; e && 8 == e.nodeType;) e = e.nextSibling;
	for (o != e && (!u && r.moveBefore && o.parentNode ? r.moveBefore(o, t) : r.insertBefore(o, t || null)), t = o; (t = t && t.nextSibling) && 8 == t.nodeType && !t.data.startsWith("$s"););
	return t;
}
function P(n, t, r, u) {
	var i, f = n.key, o = n.type, e = t[r], l = e && !(2 & e.__u);
	if (null === e && null == f || l && f == e.key && o == e.type) return r;
	if (u > (l ? 1 : 0)) {
		for (i = r - 1; i >= 0; i--) if ((e = t[i]) && !(2 & e.__u) && f == e.key && o == e.type) return i;
		for (i = r + 1; i < t.length; i++) if ((e = t[i]) && !(2 & e.__u) && f == e.key && o == e.type) return i;
	}
	return -1;
}
function T$1(n, t, r) {
	r ??= "", "-" == t[0] ? n.setProperty(t, r) : n[t] = r;
}
function N(n, t, r, u, i) {
	var f, o;
	if ("style" == t) if ("string" == typeof r) n.style.cssText = r;
	else {
		if ("string" == typeof u && (n.style.cssText = u = ""), u) for (t in u) r && t in r || T$1(n.style, t);
		if (r) for (t in r) u && r[t] == u[t] || T$1(n.style, t, r[t]);
	}
	else if ("o" == t[0] && "n" == t[1]) "function" != typeof r && (r = null), "function" != typeof u && (u = null), (n.__e || (n.__e = {}))[t] = r, r && u || (o = a$3[t] || (a$3[t] = V(t)), (n.__a || (n.__a = {}))[t] = c$2, f = t != (t = t.replace(l$2, "$1")), (t = t.slice(2))[0] < "a" && (t = t.toLowerCase()), r ? n.addEventListener(t, o, f) : n.removeEventListener(t, o, f));
	else {
		if ("http://www.w3.org/2000/svg" == i) t = t.replace(/xlink(H|:h)/, "h").replace(/sName$/, "s");
		else if ("width" != t && "height" != t && "href" != t && "list" != t && "form" != t && "tabIndex" != t && "download" != t && "rowSpan" != t && "colSpan" != t && "role" != t && "popover" != t && t in n) try {
			n[t] = null == r ? "" : r;
			return;
		} catch (n) {}
		if ("function" == typeof r) return;
		null == r || !1 === r && "-" != t[4] ? n.removeAttribute(t) : n.setAttribute(t, "popover" == t && 1 == r ? "" : r);
	}
}
function V(t) {
	return function(r) {
		var u = this.__e;
		if (u) {
			if (u = u[t], null == r[e$2]) r[e$2] = c$2++;
			else if (r[e$2] < this.__a[t]) return;
			return u(n$1.event ? n$1.event(r) : r);
		}
	};
}
function z$1(t, r, u, i, f, o, e, l, c, a) {
	var s, p, v, d, k, b, m, M, C, j, L, H, q, A, O, P, T, N, V = r.type;
	if (r.constructor !== h$3) return null;
	128 & u.__u && (c = 32 & u.__u, s = u.__c.__z) && (r.__u |= c, p = o = [], 8 == s.nodeType ? l = B$1(s, o) : o.push(s), l = o[0] || l), (s = n$1.__b) && s(r);
	n: if ("function" == typeof V) {
		v = e.length;
		try {
			if (M = r.props, C = (s = V.prototype) && s.render, j = (s = V.contextType) && i[s.__c], L = s ? j ? j.props.value : s.__ : i, (d = u.__c) ? (r.__c = d, 2 & d.__g && (d.__g |= 1)) : (C ? r.__c = d = new V(M, L) : (r.__c = d = new x$1(M, L), d.constructor = V, d.render = K), j && j.sub(d), d.state || (d.state = {}), d.__n = i, d.__g |= 8, d.__h = [], d.__k = []), C && (d.__s || (d.__s = d.state), V.getDerivedStateFromProps && (d.__s == d.state && (d.__s = _$1({}, d.__s)), _$1(d.__s, V.getDerivedStateFromProps(M, d.__s)))), k = d.props, b = d.state, d.__v = r, u.__c) {
				if (M !== k && C && !V.getDerivedStateFromProps && d.componentWillReceiveProps && d.componentWillReceiveProps(M, L), r.__v == u.__v && !(8 & d.__g) || !(4 & d.__g) && d.shouldComponentUpdate && !1 === d.shouldComponentUpdate(M, d.__s, L)) {
					r.__v != u.__v && (d.props = M, d.state = d.__s, d.__g &= -9), r.__e = u.__e, r.__k = u.__k, r.__k.some(function(n) {
						n && (n.__ = r);
					}), y$3.push.apply(d.__h, d.__k), d.__k = [], d.__h.length && e.push(d), l = S$1(u);
					break n;
				}
				d.componentWillUpdate && d.componentWillUpdate(M, d.__s, L), C && d.componentDidUpdate && d.__h.push(function() {
					d.componentDidUpdate(k, b, m);
				});
			} else C && !V.getDerivedStateFromProps && d.componentWillMount && d.componentWillMount(), C && d.componentDidMount && d.__h.push(d.componentDidMount);
			d.context = L, d.props = M, d.__P = t, d.__g &= -5, H = n$1.__r, q = C ? 25 : 0;
			do
				d.__g &= -9, H && H(r), s = d.render(d.props, d.state = d.__s, d.context);
			while (8 & d.__g && ++q < 25);
			C && (y$3.push.apply(d.__h, d.__k), d.__k = []), d.state = d.__s, d.getChildContext && (i = _$1({}, i, d.getChildContext())), C && u.__c && d.getSnapshotBeforeUpdate && (m = d.getSnapshotBeforeUpdate(k, b)), A = s && s.type === $ && null == s.key ? s.props.children : s, M.__P && (s = l, f = (t = M.__P).namespaceURI, c = o = null, u.props && u.props.__P != t && (u.__k.some(function(n) {
				n && J(n, n);
			}), u.__k = null), l = u.__k ? S$1(u, 0) : null), l = I(t, w$3(A) ? A : [A], r, u, i, f, o, e, l, c, a), M.__P && (r.__e = null, l = s), r.__u &= -161, p && p.some(g$3), d.__h.length && e.push(d), 1 & d.__g && (d.__g &= -4);
		} catch (t) {
			if (e.length = v, r.__v = null, c || o) if (t && t.then) {
				if (r.__u |= 128 | c, o) {
					for (~(T = o.indexOf(l || void 0)) || (T = o.length); (N = o[T - 1]) && 8 == N.nodeType;) T--;
					for (; T < o.length; T++) if (N = o[T]) if (o[T] = null, O) {
						if (N == P) break;
					} else {
						if (8 != N.nodeType) break;
						N.data.startsWith("$s") && (P = B$1(O = N));
					}
				}
				if (!O) {
					for (; l && 8 == l.nodeType && l.nextSibling;) l = l.nextSibling;
					O = l;
				}
				(s = B$1(O = r.__c.__z || (r.__c.__z = O))) ? (r.__e = O, l = s) : r.__e = l, l = l && l.nextSibling;
			} else o && o.some(g$3);
			else r.__e = u.__e;
			r.__k || (r.__k = u.__k || []), t && t.then || D$1(r), n$1.__e(t, r, u);
		}
	} else l = r.__e = F$1(u.__e, r, u, i, f, o, e, c, a, t);
	return (s = n$1.diffed) && s(r), l;
}
function B$1(n, t) {
	if (n && 8 == n.nodeType && n.data.startsWith("$s")) for (var r = 1; n = n.nextSibling;) {
		if (8 == n.nodeType) {
			if (n.data.startsWith("$s")) r++;
			else if (n.data.startsWith("/$s") && !--r) return n;
		}
		t && t.push(n);
	}
}
function D$1(n) {
	n && (n.__c && (n.__c.__g |= 4), n.__k && n.__k.some(D$1));
}
function E$1(t, r, u) {
	for (var i = 0; i < u.length;) G(u[i++], u[i++], u[i++]);
	n$1.__c && n$1.__c(r, t), t.some(function(r) {
		try {
			t = r.__h, r.__h = [], t.some(function(n) {
				n.call(r);
			});
		} catch (t) {
			n$1.__e(t, r.__v);
		}
	});
}
function F$1(t, r, u, i, f, o, e, l, c, a) {
	var s, h, y, _, k, b, m, M, $ = u.props || p$3, x = r.props, C = r.type;
	if ("svg" == C ? f = "http://www.w3.org/2000/svg" : "math" == C ? f = "http://www.w3.org/1998/Math/MathML" : f || (f = "http://www.w3.org/1999/xhtml"), o) {
		for (s = 0; s < o.length; s++) if ((k = o[s]) && (C ? k.localName == C : 3 == k.nodeType)) {
			t = k, o[s] = null;
			break;
		}
	}
	if (!t) {
		if (M = a.ownerDocument || document, !C) return M.createTextNode(x);
		t = M.createElementNS(f, C, x.is ? x : a), l && (n$1.__m && n$1.__m(r, o), l = !1), o = null;
	}
	if (C) {
		if (a = "template" == C && t.content || t, o = "textarea" == C && null != x.defaultValue ? null : o && d$2.call(a.childNodes), !l && o) for ($ = {}, s = 0; s < t.attributes.length; s++) $[(k = t.attributes[s]).name] = k.value;
		for (s in $) k = $[s], "dangerouslySetInnerHTML" == s ? y = k : "children" == s || s in x || "value" == s && "defaultValue" in x || "checked" == s && "defaultChecked" in x || N(t, s, null, k, f);
		for (s in x) k = x[s], "children" == s ? _ = k : "dangerouslySetInnerHTML" == s ? h = k : "value" == s ? b = k : "checked" == s ? m = k : l && "function" != typeof k || $[s] === k || N(t, s, k, $[s], f);
		h ? (l || y && (h.__html == y.__html || h.__html == t.innerHTML) || (t.innerHTML = h.__html), r.__k = []) : (y && (t.textContent = ""), ("foreignObject" == C || "http://www.w3.org/1998/Math/MathML" == f && v$2.test(C)) && (f = "http://www.w3.org/1999/xhtml"), I(a, w$3(_) ? _ : [_], r, u, i, f, o, e, o ? o[0] : u.__k && S$1(u, 0), l, c), o && o.some(g$3)), l && "textarea" != C || (s = "value", "progress" == C && null == b ? t.removeAttribute(s) : null == b || b === t[s] && ("progress" != C || b) || N(t, s, b, $[s], f), s = "checked", null != m && m != t[s] && N(t, s, m, $[s], f));
	} else $ === x || l && t.data == x || (t.data = x);
	return t;
}
function G(t, r, u, i) {
	try {
		"function" == typeof t ? r ? r.__x = t(r) || 1 : i && (i = i.__c || i.__e) && (r = i.__x) && (i.__x = null, "function" == typeof r ? r() : t(null)) : t.current = r;
	} catch (t) {
		n$1.__e(t, u);
	}
}
function J(t, r, u) {
	var i, f, o, e;
	if (n$1.unmount && n$1.unmount(t), !(i = t.ref) || i.current && i.current != t.__e || G(i, null, r, t), i = t.__c) {
		if (i.componentWillUnmount) try {
			i.componentWillUnmount();
		} catch (t) {
			n$1.__e(t, r);
		}
		i.__P = i.__n = null;
	}
	if (i = t.__k) for (e = 0; e < i.length; e++) i[e] && J(i[e], r, "function" != typeof t.type || u && !t.props.__P);
	!u && (i = t.__c) && (i = i.__z) && (f = B$1(i, o = [])) && (i == t.__e && o.some(g$3), g$3(f), g$3(i)), u || g$3(t.__e), t.__e = t.__c = t.__ = null;
}
function K(n, t, r) {
	return this.constructor(n, r);
}
function Q(t, r) {
	var u, i, f, o;
	n$1.__ && n$1.__(t, r), 9 == r.nodeType && (r = r.documentElement), i = (u = t && 32 & t.__u) ? null : r.__k, r.__k = m$3($, { children: [t] }), f = [], o = [], z$1(r, r.__k, i || p$3, p$3, r.namespaceURI, i ? null : r.firstChild ? d$2.call(r.childNodes) : null, f, i ? i.__e : r.firstChild, u, o), E$1(f, r.__k, o), r.__k.props.children = null;
}
n$1 = { __e: function(n, t, r, u) {
	for (var i, o, e; t = t.__;) if ((i = t.__c) && !(1 & i.__g)) {
		i.__g |= 4;
		try {
			if ((e = (o = i.constructor) && o.getDerivedStateFromError) && i.setState(o.getDerivedStateFromError(n)), i.componentDidCatch && (i.componentDidCatch(n, u || {}), e = 1), e && 8 & i.__g) return void (i.__g |= 2);
		} catch (t) {
			n = t;
		}
	}
	throw f$3 = 0, n;
} }, t$2 = 0, r$2 = function(n) {
	return null != n && n.constructor === h$3;
}, x$1.prototype.setState = function(n, t) {
	var r = this.__s;
	r && r != this.state || (r = this.__s = _$1({}, this.state)), "function" == typeof n && (n = n(_$1({}, r), this.props)), n && (_$1(r, n), this.__v && (t && this.__k.push(t), L(this)));
}, x$1.prototype.forceUpdate = function(n) {
	this.__v && (this.__g |= 4, n && this.__h.push(n), L(this));
}, x$1.prototype.render = $, u$3 = [], f$3 = 0, o$3 = function(n, t) {
	return n.__v.__b - t.__v.__b;
}, e$2 = Symbol(), l$2 = /(PointerCapture)$|Capture$/i, c$2 = 0, a$3 = {};
// node_modules/preact/hooks/dist/hooks.mjs
var t$1;
var r$1;
var u$2;
var i$1;
var o$2 = Object.is;
var f$2 = 0;
var c$1 = [];
var e$1 = [];
var a$2 = n$1;
var v$1 = a$2.__b;
var l$1 = a$2.__r;
var m$2 = a$2.diffed;
var h$2 = a$2.__c;
var s$1 = a$2.unmount;
var p$2 = a$2.__;
function y$2(n, t) {
	a$2.__h && a$2.__h(r$1, n, f$2 || t), f$2 = 0;
	var u = r$1.__H || (r$1.__H = {
		__: [],
		__h: []
	});
	return n >= u.__.length && u.__.push({}), u.__[n];
}
function T(n) {
	return f$2 = 5, w$2(function() {
		return { current: n };
	}, []);
}
function w$2(n, r) {
	var u = y$2(t$1++, 7);
	return E(u.__H, r) && (u.__ = n(), u.__H = r), u.__;
}
function g$2() {
	var n;
	do {
		for (; n = e$1.shift();) try {
			C(n);
		} catch (t) {
			a$2.__e(t, { __: (n = n.__P) && n.__v });
		}
		for (; n = c$1.shift();) {
			var t = n.__H;
			if (n.__P && t) try {
				t.__h.some(C), t.__h.some(D), t.__h = [];
			} catch (r) {
				t.__h = [], a$2.__e(r, n.__v);
			}
		}
	} while (e$1.length);
}
a$2.__b = function(n) {
	r$1 = null, v$1 && v$1(n);
}, a$2.__ = function(n, t) {
	n && t.__k && t.__k.__m && (n.__m = t.__k.__m), p$2 && p$2(n, t);
}, a$2.__r = function(n) {
	l$1 && l$1(n), t$1 = 0;
	var i = (r$1 = n.__c).__H;
	i && (u$2 == r$1 ? r$1.__h = [] : (i.__h.some(C), i.__h.some(D), t$1 = 0), i.__h = [], i.__.some(function(n) {
		n.__N && (n.__ = n.__N), n.u = n.__N = void 0;
	})), u$2 = r$1;
}, a$2.diffed = function(n) {
	m$2 && m$2(n);
	var t = n.__c;
	t && t.__H && (t.__H.__h.length && B(c$1.push(t)), t.__H.__.some(function(n) {
		n.u && (n.__H = n.u);
	})), u$2 = r$1 = null;
}, a$2.__c = function(n, t) {
	t.some(function(n) {
		try {
			n.__h.some(C), n.__h = n.__h.filter(function(n) {
				return !n.__ || D(n);
			});
		} catch (t) {
			n.__h = [function() {
				throw t;
			}];
		}
	}), h$2 && h$2(n, t);
}, a$2.unmount = function(n) {
	s$1 && s$1(n);
	var t, r, u = n.__c;
	u && u.__H && (u.__H.__.some(function(u) {
		try {
			if (u.__P && u.__c) {
				if (void 0 === r) {
					for (r = n.__; r && (!r.__c || !r.__c.__P);) r = r.__;
					r = r && r.__c;
				}
				u.__P = r, B(e$1.push(u));
			} else C(u);
		} catch (n) {
			t = n;
		}
	}), u.__H = void 0, t && a$2.__e(t, u.__v));
};
var k$1 = "function" == typeof requestAnimationFrame;
function z(n) {
	var t, r = function() {
		clearTimeout(u), k$1 && cancelAnimationFrame(t), setTimeout(n);
	}, u = setTimeout(r, 35);
	k$1 && (t = requestAnimationFrame(r));
}
function B(n) {
	1 != n && i$1 == a$2.requestAnimationFrame || ((i$1 = a$2.requestAnimationFrame) || z)(g$2);
}
function C(n) {
	var t = r$1, u = n.__c;
	"function" == typeof u && (n.__c = void 0, u()), r$1 = t;
}
function D(n) {
	var t = r$1;
	n.__c = n.__(), r$1 = t;
}
function E(n, t) {
	return !n || n.length != t.length || t.some(function(t, r) {
		return !o$2(t, n[r]);
	});
}
// node_modules/@preact/signals-core/dist/signals-core.module.js
var i = Symbol.for("preact-signals");
function t() {
	if (!(v > 1)) {
		var i, t = !1;
		(function() {
			var i = c;
			c = void 0;
			while (void 0 !== i) {
				var t = i.S;
				if (t.v === i.v) {
					for (var r = t.t; void 0 !== r; r = r.x) if (r.i === i.i) r.i = t.i;
				}
				i = i.o;
			}
		})();
		while (void 0 !== h$1) {
			var r = h$1;
			h$1 = void 0;
			s++;
			while (void 0 !== r) {
				var n = r.u;
				r.u = void 0;
				r.f &= -3;
				if (!(8 & r.f) && w$1(r)) try {
					r.c();
				} catch (r) {
					if (!t) {
						i = r;
						t = !0;
					}
				}
				r = n;
			}
		}
		s = 0;
		v--;
		if (t) throw i;
	} else v--;
}
function r(i) {
	if (v > 0) return i();
	u$1 = ++e;
	v++;
	try {
		return i();
	} finally {
		t();
	}
}
var n;
var o$1 = void 0;
function f$1(i) {
	var t = o$1, r = n;
	o$1 = void 0;
	n = void 0;
	try {
		return i();
	} finally {
		o$1 = t;
		n = r;
	}
}
var h$1 = void 0;
var v = 0;
var s = 0;
var e = 0;
var u$1 = 0;
var c = void 0;
var a$1 = 0;
function d$1(i) {
	if (void 0 !== o$1) {
		var t = i.n;
		if (void 0 === t || t.t !== o$1) {
			t = {
				i: 0,
				S: i,
				p: o$1.s,
				n: void 0,
				t: o$1,
				e: void 0,
				x: void 0,
				r: t
			};
			if (void 0 !== o$1.s) o$1.s.n = t;
			o$1.s = t;
			i.n = t;
			if (32 & o$1.f) i.S(t);
			return t;
		} else if (-1 === t.i) {
			t.i = 0;
			if (void 0 !== t.n) {
				t.n.p = t.p;
				if (void 0 !== t.p) t.p.n = t.n;
				t.p = o$1.s;
				t.n = void 0;
				o$1.s.n = t;
				o$1.s = t;
			}
			return t;
		}
	}
}
function l(i, t) {
	this.v = i;
	this.i = 0;
	this.n = void 0;
	this.t = void 0;
	this.l = 0;
	this.W = null == t ? void 0 : t.watched;
	this.Z = null == t ? void 0 : t.unwatched;
	this.name = null == t ? void 0 : t.name;
}
l.prototype.brand = i;
l.prototype.h = function() {
	return !0;
};
l.prototype.S = function(i) {
	var t = this, r = this.t;
	if (r !== i && void 0 === i.e) {
		i.x = r;
		this.t = i;
		if (void 0 !== r) r.e = i;
		else f$1(function() {
			var i;
			null == (i = t.W) || i.call(t);
		});
	}
};
l.prototype.U = function(i) {
	var t = this;
	if (void 0 !== this.t) {
		var r = i.e, n = i.x;
		if (void 0 !== r) {
			r.x = n;
			i.e = void 0;
		}
		if (void 0 !== n) {
			n.e = r;
			i.x = void 0;
		}
		if (i === this.t) {
			this.t = n;
			if (void 0 === n) f$1(function() {
				var i;
				null == (i = t.Z) || i.call(t);
			});
		}
	}
};
l.prototype.subscribe = function(i) {
	var t = this;
	return x(function() {
		var r = t.value;
		f$1(function() {
			return i(r);
		});
	}, { name: "sub" });
};
l.prototype.valueOf = function() {
	return this.value;
};
l.prototype.toString = function() {
	return this.value + "";
};
l.prototype.toJSON = function() {
	return this.value;
};
l.prototype.peek = function() {
	var i = this;
	return f$1(function() {
		return i.value;
	});
};
Object.defineProperty(l.prototype, "value", {
	get: function() {
		var i = d$1(this);
		if (void 0 !== i) i.i = this.i;
		return this.v;
	},
	set: function(i) {
		if (i !== this.v) {
			if (s > 100) throw new Error("Cycle detected");
			(function(i) {
				if (0 !== v && 0 === s) {
					if (i.l !== u$1) {
						i.l = u$1;
						c = {
							S: i,
							v: i.v,
							i: i.i,
							o: c
						};
					}
				}
			})(this);
			this.v = i;
			this.i++;
			a$1++;
			v++;
			try {
				for (var r = this.t; void 0 !== r; r = r.x) r.t.N();
			} finally {
				t();
			}
		}
	}
});
function y$1(i, t) {
	return new l(i, t);
}
function w$1(i) {
	for (var t = i.s; void 0 !== t; t = t.n) if (t.S.i !== t.i || !t.S.h() || t.S.i !== t.i) return !0;
	return !1;
}
function b$1(i) {
	for (var t = i.s; void 0 !== t; t = t.n) {
		var r = t.S.n;
		if (void 0 !== r) t.r = r;
		t.S.n = t;
		t.i = -1;
		if (void 0 === t.n) {
			i.s = t;
			break;
		}
	}
}
function _(i) {
	var t = i.s, r = void 0;
	while (void 0 !== t) {
		var n = t.p;
		if (-1 === t.i) {
			t.S.U(t);
			if (void 0 !== n) n.n = t.n;
			if (void 0 !== t.n) t.n.p = n;
		} else r = t;
		t.S.n = t.r;
		if (void 0 !== t.r) t.r = void 0;
		t = n;
	}
	i.s = r;
}
function j(i, t) {
	l.call(this, void 0, t);
	this.x = i;
	this.s = void 0;
	this.g = a$1 - 1;
	this.f = 4;
}
j.prototype = new l();
j.prototype.h = function() {
	this.f &= -3;
	if (1 & this.f) return !1;
	if (32 == (36 & this.f)) return !0;
	this.f &= -5;
	if (this.g === a$1) return !0;
	this.g = a$1;
	this.f |= 1;
	if (this.i > 0 && !w$1(this)) {
		this.f &= -2;
		return !0;
	}
	var i = o$1;
	try {
		b$1(this);
		o$1 = this;
		var t = this.x();
		if (16 & this.f || this.v !== t || 0 === this.i) {
			this.v = t;
			this.f &= -17;
			this.i++;
		}
	} catch (i) {
		this.v = i;
		this.f |= 16;
		this.i++;
	}
	o$1 = i;
	_(this);
	this.f &= -2;
	return !0;
};
j.prototype.S = function(i) {
	if (void 0 === this.t) {
		this.f |= 36;
		for (var t = this.s; void 0 !== t; t = t.n) t.S.S(t);
	}
	l.prototype.S.call(this, i);
};
j.prototype.U = function(i) {
	if (void 0 !== this.t) {
		l.prototype.U.call(this, i);
		if (void 0 === this.t) {
			this.f &= -33;
			for (var t = this.s; void 0 !== t; t = t.n) t.S.U(t);
		}
	}
};
j.prototype.N = function() {
	if (!(2 & this.f)) {
		this.f |= 6;
		for (var i = this.t; void 0 !== i; i = i.x) i.t.N();
	}
};
Object.defineProperty(j.prototype, "value", { get: function() {
	if (1 & this.f) throw new Error("Cycle detected");
	var i = d$1(this);
	this.h();
	if (void 0 !== i) i.i = this.i;
	if (16 & this.f) throw this.v;
	return this.v;
} });
function O(i, t) {
	return new j(i, t);
}
function p$1(i) {
	var r = i.j;
	i.j = void 0;
	if ("function" == typeof r) {
		v++;
		var n = o$1;
		o$1 = void 0;
		try {
			r();
		} catch (t) {
			i.f &= -2;
			i.f |= 8;
			g$1(i);
			throw t;
		} finally {
			o$1 = n;
			t();
		}
	}
}
function g$1(i) {
	for (var t = i.s; void 0 !== t; t = t.n) t.S.U(t);
	i.x = void 0;
	i.s = void 0;
	p$1(i);
}
function S(i) {
	if (o$1 !== this) throw new Error("Out-of-order effect");
	_(this);
	o$1 = i;
	this.f &= -2;
	try {
		if (8 & this.f) g$1(this);
	} finally {
		t();
	}
}
function m$1(i, t) {
	this.x = i;
	this.j = void 0;
	this.s = void 0;
	this.u = void 0;
	this.f = 32;
	this.name = null == t ? void 0 : t.name;
	if (n) n.push(this);
}
m$1.prototype.c = function() {
	var i = this.S();
	try {
		if (8 & this.f) return;
		if (void 0 === this.x) return;
		var t = this.x();
		if ("function" == typeof t) this.j = t;
	} finally {
		i();
	}
};
m$1.prototype.S = function() {
	if (1 & this.f) throw new Error("Cycle detected");
	this.f |= 1;
	this.f &= -9;
	p$1(this);
	b$1(this);
	v++;
	var i = o$1;
	o$1 = this;
	return S.bind(this, i);
};
m$1.prototype.N = function() {
	if (!(2 & this.f)) {
		this.f |= 2;
		this.u = h$1;
		h$1 = this;
	}
};
m$1.prototype.d = function() {
	this.f |= 8;
	if (!(1 & this.f)) g$1(this);
};
m$1.prototype.dispose = function() {
	this.d();
};
function x(i, t) {
	var r = new m$1(i, t);
	try {
		r.c();
	} catch (i) {
		r.d();
		throw i;
	}
	var n = r.d.bind(r);
	n[Symbol.dispose] = n;
	return n;
}
// node_modules/@preact/signals/dist/signals.module.js
var h;
var p;
var m = "undefined" != typeof window && !!window.__PREACT_SIGNALS_DEVTOOLS__;
var g = [];
x(function() {
	h = this.N;
})();
function b(i, n) {
	n$1[i] = n.bind(null, n$1[i] || function() {});
}
function y(i) {
	if (p) {
		var n = p;
		p = void 0;
		n();
	}
	p = i && i.S();
}
function w(i) {
	var n = this, r = i.data, t = useSignal(r);
	t.name = "ReactiveDom";
	t.value = r;
	var e = w$2(function() {
		var i = n, r = n.__v;
		while (r = r.__) if (r.__c) {
			r.__c.__$f |= 4;
			break;
		}
		var o = O(function() {
			var i = t.value.value;
			return 0 === i ? 0 : !0 === i ? "" : i || "";
		}), e = O(function() {
			return !Array.isArray(o.value) && !r$2(o.value);
		}), u = x(function() {
			this.N = M;
			if (e.value) {
				var n = o.value;
				if (i.__v && i.__v.__e && 3 === i.__v.__e.nodeType) i.__v.__e.data = n;
			}
		}), c = n.__$u.d;
		n.__$u.d = function() {
			u();
			c.call(this);
		};
		return [e, o];
	}, []), u = e[0], c = e[1];
	return u.value ? c.peek() : c.value;
}
w.displayName = "ReactiveTextNode";
Object.defineProperties(l.prototype, {
	constructor: {
		configurable: !0,
		value: k$2($, null).constructor
	},
	type: {
		configurable: !0,
		value: w
	},
	props: {
		configurable: !0,
		get: function() {
			var i = this;
			return { data: { get value() {
				return i.value;
			} } };
		}
	},
	__b: {
		configurable: !0,
		value: 1
	}
});
b("__b", function(i, n) {
	y();
	if ("string" == typeof n.type) {
		var r, t = n.props;
		for (var f in t) if ("children" !== f) {
			var o = t[f];
			if (o instanceof l) {
				if (!r) n.__np = r = {};
				r[f] = o;
				t[f] = o.peek();
			}
		}
	}
	i(n);
});
b("__r", function(i, r) {
	i(r);
	if (r.type !== $) {
		y();
		var t, f = r.__c;
		if (f) {
			f.__$f &= -2;
			if (void 0 === (t = f.__$u)) f.__$u = t = function(i, n) {
				var r;
				x(function() {
					r = this;
				}, { name: n });
				r.c = i;
				return r;
			}(function(i) {
				return function() {
					var n;
					if (m) null == (n = this.y) || n.call(this);
					i.__$f |= 1;
					i.setState({});
				};
			}(f), "function" == typeof r.type ? r.type.displayName || r.type.name : "");
		}
		y(t);
	}
});
b("__e", function(i, n, r, t) {
	y();
	i(n, r, t);
});
b("diffed", function(i, n) {
	y();
	var r;
	if ("string" == typeof n.type && (r = n.__e)) {
		var t = n.__np, f = n.props, o = r.U;
		if (o) for (var e in o) {
			var u = o[e];
			if (!(void 0 === u || t && e in t)) {
				u.d();
				o[e] = void 0;
			}
		}
		if (t) {
			if (!o) {
				o = {};
				r.U = o;
			}
			for (var a in t) {
				var c = o[a], v = t[a];
				if (void 0 === c) {
					c = k(r, a, v, f);
					o[a] = c;
				} else c.o(v, f);
			}
		}
	}
	i(n);
});
function k(i, n, r, t) {
	var f = n in i && void 0 === i.ownerSVGElement, o = y$1(r);
	return {
		o: function(i, n) {
			o.value = i;
			t = n;
		},
		d: x(function() {
			this.N = M;
			var r = o.value.value;
			if (t[n] !== r) {
				t[n] = r;
				if (f) i[n] = r;
				else if (null != r && (!1 !== r || "-" === n[4])) i.setAttribute(n, r);
				else i.removeAttribute(n);
			}
		})
	};
}
b("unmount", function(i, n) {
	if ("string" == typeof n.type) {
		var r = n.__e;
		if (r) {
			var t = r.U;
			if (t) {
				r.U = void 0;
				for (var f in t) {
					var o = t[f];
					if (o) o.d();
				}
			}
		}
		var e = n.__np;
		if (e) {
			var u = n.props;
			for (var a in e) u[a] = e[a];
		}
		n.__np = void 0;
	} else {
		var c = n.__c;
		if (c) {
			c.__$f |= 8;
			var v = c.__$u;
			if (v) {
				c.__$u = void 0;
				v.d();
			}
		}
	}
	i(n);
});
b("__h", function(i, n, r, t) {
	if (t < 3) n.__$f |= 2;
	i(n, r, t);
});
x$1.prototype.shouldComponentUpdate = function(i, n) {
	if (this.__R) return !0;
	var r = this.__$u, t = r && void 0 !== r.s;
	for (var f in n) return !0;
	if (this.__f || "boolean" == typeof this.u && !0 === this.u) {
		var o = 2 & this.__$f;
		if (!(t || o || 4 & this.__$f)) return !0;
		if (1 & this.__$f) return !0;
	} else {
		if (!(t || 4 & this.__$f)) return !0;
		if (3 & this.__$f) return !0;
	}
	for (var e in i) if ("__source" !== e && i[e] !== this.props[e]) return !0;
	for (var u in this.props) if (!(u in i)) return !0;
	return !1;
};
function useSignal(i, n) {
	return w$2(function() {
		return y$1(i, n);
	}, []);
}
var A = function(i) {
	queueMicrotask(function() {
		queueMicrotask(i);
	});
};
function F() {
	r(function() {
		var i;
		while (i = g.shift()) h.call(i);
	});
}
function M() {
	if (1 === g.push(this)) (n$1.requestAnimationFrame || A)(F);
}
// src/session.ts
var tokenKey = "peyk.token";
var languageKey = "peyk.language";
/** Takes the token out of the address bar, so that nobody copies or sees it there; reports whether there was one. */
function takeTokenFromAddress() {
	const found = new URLSearchParams(location.hash.slice(1)).get("token");
	if (found === null) return false;
	history.replaceState(history.state, "", location.pathname + location.search);
	keepToken(found);
	return true;
}
function token() {
	return sessionStorage.getItem(tokenKey) ?? void 0;
}
/** Keeps a token, unless it could never be one: a subprotocol has no spaces and no control characters. */
function keepToken(text) {
	const trimmed = text.trim();
	if (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(trimmed)) sessionStorage.setItem(tokenKey, trimmed);
	else sessionStorage.removeItem(tokenKey);
}
/** The chosen language; before there was a choice, Persian to browsers that ask for it. */
function language$1() {
	const saved = localStorage.getItem(languageKey);
	if (saved === "en" || saved === "fa") return saved;
	return navigator.language.startsWith("fa") ? "fa" : "en";
}
function keepLanguage(chosen) {
	localStorage.setItem(languageKey, chosen);
}
var texts = {
	en: {
		title: "Peyk",
		couriers: (n, one) => one ? `${n} courier` : `${n} couriers`,
		silent: (n) => `${n} silent`,
		connecting: "Connecting…",
		live: "Live",
		justNow: "just now",
		ago: (time) => `${time} ago`,
		lost: "Lost",
		retryIn: (time) => `back in ${time}`,
		retrying: "trying again…",
		refused: "Refused",
		askForLink: "ask for a new link",
		otherLanguage: "فارسی",
		switchLanguage: "Change the language to Persian",
		demoCity: "Demo city: streets and names are invented",
		fallback: "The map did not answer. This is the built-in one.",
		zoomIn: "Zoom in",
		zoomOut: "Zoom out",
		showAll: "Show all couriers",
		map: "Map of the couriers",
		close: "Close",
		id: "id",
		motion: {
			moving: "Moving",
			stopped: "Stopped",
			silent: "Silent"
		},
		empty: "No courier yet",
		sendFirst: "Send the first position:",
		copy: "Copy",
		copied: "Copied",
		withToken: "The copied line holds your token.",
		needToken: "This Peyk wants a token",
		needTokenWhy: "Open the link that the server printed at its first start, or paste the token.",
		wrongToken: "This token is not, or no longer, good. Ask for a new link, or paste another one.",
		token: "Token",
		enter: "Open the map",
		noWebGL: "This browser cannot draw the map: it has no WebGL 2."
	},
	fa: {
		title: "پیک",
		couriers: (n) => `${n} پیک`,
		silent: (n) => `${n} خاموش`,
		connecting: "در حال اتصال…",
		live: "زنده",
		justNow: "همین حالا",
		ago: (time) => `${time} پیش`,
		lost: "ارتباط قطع شد",
		retryIn: (time) => `تلاش دوباره تا ${time} دیگر`,
		retrying: "تلاش دوباره…",
		refused: "پذیرفته نشد",
		askForLink: "پیوند تازه بخواهید",
		otherLanguage: "English",
		switchLanguage: "تغییر زبان به انگلیسی",
		demoCity: "شهر نمایشی: خیابان‌ها و نام‌ها ساختگی‌اند",
		fallback: "نقشه پاسخ نداد؛ این نقشهٔ همراه برنامه است.",
		zoomIn: "بزرگ‌نمایی",
		zoomOut: "کوچک‌نمایی",
		showAll: "نمایش همهٔ پیک‌ها",
		map: "نقشهٔ پیک‌ها",
		close: "بستن",
		id: "شناسهٔ",
		motion: {
			moving: "در حرکت",
			stopped: "ایستاده",
			silent: "خاموش"
		},
		empty: "هنوز پیکی نیست",
		sendFirst: "نخستین موقعیت را بفرستید:",
		copy: "رونوشت",
		copied: "رونوشت شد",
		withToken: "در رونوشت، توکن شما هم هست.",
		needToken: "ورود به پیک توکن می‌خواهد",
		needTokenWhy: "پیوندی را که سرور در نخستین اجرا چاپ کرد باز کنید، یا توکن را اینجا بگذارید.",
		wrongToken: "این توکن معتبر نیست. پیوند تازه بخواهید، یا توکن دیگری بگذارید.",
		token: "توکن",
		enter: "نمایش نقشه",
		noWebGL: "این مرورگر نمی‌تواند نقشه را بکشد: WebGL 2 ندارد."
	}
};
var locales = {
	en: "en-GB",
	fa: "fa-IR"
};
var units = {
	en: {
		s: "s",
		min: "min",
		h: "h",
		d: "d"
	},
	fa: {
		s: "ثانیه",
		min: "دقیقه",
		h: "ساعت",
		d: "روز"
	}
};
function digits(n, language) {
	return new Intl.NumberFormat(locales[language]).format(n);
}
/** A length of time as people say it: "12 s", "۳ دقیقه". */
function age(milliseconds, language) {
	const seconds = Math.max(0, Math.round(milliseconds / 1e3));
	const unit = units[language];
	if (seconds < 60) return `${digits(seconds, language)} ${unit.s}`;
	if (seconds < 3600) return `${digits(Math.floor(seconds / 60), language)} ${unit.min}`;
	if (seconds < 86400) return `${digits(Math.floor(seconds / 3600), language)} ${unit.h}`;
	return `${digits(Math.floor(seconds / 86400), language)} ${unit.d}`;
}
/** A moment exactly, with the calendar of the language: Jalali in Persian. */
function exact(milliseconds, language) {
	return new Intl.DateTimeFormat(locales[language], {
		dateStyle: "medium",
		timeStyle: "medium"
	}).format(milliseconds);
}
// src/theme.ts
var light = {
	ground: "#f3f2ee",
	surface: "#ffffff",
	line: "#e2e0d9",
	ink: "#1d2430",
	muted: "#5d6673",
	accent: "#1a56c4",
	moving: "#1f62d8",
	stopped: "#b25a00",
	silent: "#7d858f",
	attention: "#96650a",
	danger: "#b3261e",
	focus: "#1a56c4",
	map: {
		water: "#cbdbe3",
		park: "#dfe9d6",
		building: "#e6e3dc",
		town: "#eeece7",
		border: "#cfccc4",
		street: "#ffffff",
		casing: "#dedbd3",
		main: "#ffffff",
		motorway: "#fbf3dc",
		label: "#6b6a66",
		place: "#44474d",
		green: "#5e7a55"
	}
};
var dark = {
	ground: "#15181d",
	surface: "#1e2329",
	line: "#343b44",
	ink: "#e9ecf0",
	muted: "#a0a9b4",
	accent: "#8db4ff",
	moving: "#6fa2ff",
	stopped: "#f0a04b",
	silent: "#8a929c",
	attention: "#e9b44c",
	danger: "#ff8a80",
	focus: "#8db4ff",
	map: {
		water: "#0e2230",
		park: "#18241d",
		building: "#20252c",
		town: "#191d22",
		border: "#3a414a",
		street: "#2b313a",
		casing: "#14171b",
		main: "#363d47",
		motorway: "#474a45",
		label: "#8d949d",
		place: "#b4bac2",
		green: "#6d8f70"
	}
};
/** The parts of a colour "#rrggbb", 0 to 1 each. */
function parts(color) {
	const value = Number.parseInt(color.slice(1), 16);
	return [
		(value >> 16) / 255,
		(value >> 8 & 255) / 255,
		(value & 255) / 255
	];
}
// src/page.ts
var language = y$1(language$1());
var text = O(() => texts[language.value]);
var darkness = matchMedia("(prefers-color-scheme: dark)");
var isDark = y$1(darkness.matches);
var theme = O(() => isDark.value ? dark : light);
var connection = y$1({ state: "connecting" });
var inStep = y$1(false);
var count = y$1(0);
var silentCount = y$1(0);
var selectedId = y$1(void 0);
var selected = y$1(void 0);
/** Which map lies under the couriers; fallback: the built-in one, since the other did not come. */
var ground = y$1("waiting");
var city = y$1(false);
/** Monotonic milliseconds, and the server's since 1970 where known; once a second. */
var now = y$1({
	monotonic: performance.now(),
	server: void 0
});
/** Lets the theme follow what the system is set to. */
function followDarkness() {
	darkness.addEventListener("change", (event) => isDark.value = event.matches);
}
// src/style.ts
function builtin({ theme, language, city }) {
	return {
		version: 8,
		"font-faces": {
			Vazirmatn: [{ url: at("fonts/Vazirmatn-Regular.woff2") }],
			"Vazirmatn Medium": [{ url: at("fonts/Vazirmatn-Medium.woff2") }]
		},
		sources: {
			world: {
				type: "geojson",
				data: at("world.geojson"),
				maxzoom: 8,
				tolerance: .6
			},
			...city && { city: {
				type: "geojson",
				data: at("map/city.geojson"),
				maxzoom: 15
			} }
		},
		layers: [...worldLayers(theme), ...city ? [...cityLayers(theme), ...labelLayers(theme, language)] : []]
	};
}
/** The whole address of what lies beside the page. */
function at(path) {
	return new URL(path, document.baseURI).href;
}
function worldLayers({ ground, map }) {
	return [
		{
			id: "sea",
			type: "background",
			paint: { "background-color": map.water }
		},
		{
			id: "land",
			type: "fill",
			source: "world",
			filter: [
				"==",
				["get", "kind"],
				"land"
			],
			paint: { "fill-color": ground }
		},
		{
			id: "border",
			type: "line",
			source: "world",
			filter: [
				"==",
				["get", "kind"],
				"border"
			],
			paint: {
				"line-color": map.border,
				"line-width": [
					"interpolate",
					["linear"],
					["zoom"],
					2,
					.5,
					8,
					1.2
				]
			}
		}
	];
}
function cityLayers({ map }) {
	const buildings = byZoom([13.8, 0], [14.8, 1]);
	return [
		area("ground", map.town),
		area("park", map.park),
		area("water", map.water),
		{
			...area("building", map.building),
			minzoom: 13.8,
			paint: {
				"fill-color": map.building,
				"fill-opacity": buildings
			}
		},
		street(map, "alley", "casing", [14, .8], [16, 6], [19, 22]),
		street(map, "street", "casing", [12, .8], [14, 3.4], [16, 9.5], [19, 40]),
		street(map, "avenue", "casing", [10, .8], [12, 2.6], [14, 6.4], [16, 15], [19, 60]),
		street(map, "motorway", "casing", [9, 1], [12, 4.2], [14, 9], [16, 19], [19, 76]),
		street(map, "alley", "street", [14, .4], [16, 4.5], [19, 20]),
		street(map, "street", "street", [12, .4], [14, 2.2], [16, 8], [19, 38]),
		street(map, "avenue", "main", [10, .4], [12, 1.6], [14, 5], [16, 13.2], [19, 58]),
		street(map, "motorway", "motorway", [9, .6], [12, 2.8], [14, 7.2], [16, 16.8], [19, 73])
	];
}
function labelLayers(theme, language) {
	const { map } = theme;
	const name = naming(language);
	return [
		streetLabel("alley", 15.5, 11, theme, name),
		streetLabel("street", 14, 11, theme, name),
		streetLabel("avenue", 12.5, 11.5, theme, name),
		streetLabel("motorway", 12, 12, theme, name),
		{
			id: "place-label",
			type: "symbol",
			source: "city",
			filter: [
				"==",
				["get", "kind"],
				"place"
			],
			layout: {
				"text-field": name,
				"text-font": ["Vazirmatn Medium"],
				"text-size": [
					"match",
					["get", "class"],
					"city",
					19,
					"district",
					13.5,
					11.5
				],
				"text-max-width": 7,
				"text-padding": 8,
				"symbol-sort-key": ["get", "rank"]
			},
			paint: {
				...halo(theme),
				"text-color": [
					"match",
					["get", "class"],
					"park",
					map.green,
					"square",
					map.label,
					map.place
				],
				"text-opacity": byZoom([15.5, 1], [16.5, 0])
			}
		}
	];
}
/** The name to show: the language's own, else the other one. */
function naming(language) {
	const names = [["get", "name"], ["get", "name_en"]];
	if (language === "en") names.reverse();
	return [
		"coalesce",
		names[0],
		names[1]
	];
}
function area(kind, color) {
	return {
		id: kind,
		type: "fill",
		source: "city",
		filter: [
			"all",
			[
				"==",
				["get", "kind"],
				kind
			],
			[
				"in",
				["geometry-type"],
				["literal", ["Polygon", "MultiPolygon"]]
			]
		],
		paint: { "fill-color": color }
	};
}
function street(map, kind, tone, ...widths) {
	return {
		id: `${kind}-${tone}`,
		type: "line",
		source: "city",
		minzoom: widths[0][0],
		filter: [
			"all",
			[
				"==",
				["get", "kind"],
				"street"
			],
			[
				"==",
				["get", "class"],
				kind
			]
		],
		layout: {
			"line-cap": "round",
			"line-join": "round"
		},
		paint: {
			"line-color": map[tone],
			"line-width": byZoom(...widths)
		}
	};
}
function streetLabel(kind, minzoom, size, theme, name) {
	return {
		id: `${kind}-label`,
		type: "symbol",
		source: "city",
		minzoom,
		filter: [
			"all",
			[
				"==",
				["get", "kind"],
				"street"
			],
			[
				"==",
				["get", "class"],
				kind
			]
		],
		layout: {
			"symbol-placement": "line",
			"symbol-spacing": 420,
			"text-field": name,
			"text-font": ["Vazirmatn"],
			"text-size": byZoom([minzoom, size], [18, size + 3]),
			"text-max-angle": 30,
			"text-padding": 12
		},
		paint: {
			...halo(theme),
			"text-color": theme.map.label
		}
	};
}
function halo(theme) {
	return {
		"text-halo-color": theme.map.town,
		"text-halo-width": 1.4
	};
}
function byZoom(...stops) {
	return [
		"interpolate",
		["exponential", 1.4],
		["zoom"],
		...stops.flat()
	];
}
// src/ground.ts
var patience = 3e3;
/** Lays the ground that the configuration asks for, in the page's language and colours from now on. */
async function lay(map, config) {
	if (config.style === "builtin") {
		layBuiltin(map, config);
		ground.value = "builtin";
		return;
	}
	try {
		map.ground(await foreign(config), theme.peek());
		map.attribute();
		x(() => map.tint(theme.value));
		ground.value = "foreign";
	} catch {
		layBuiltin(map, config);
		ground.value = "fallback";
	}
}
function layBuiltin(map, { city: city$1 }) {
	city.value = city$1;
	x(() => {
		const theme$1 = theme.value;
		map.ground(builtin({
			theme: theme$1,
			language: language.value,
			city: city$1
		}), theme$1);
	});
	if (city$1) map.showCity();
}
async function foreign(config) {
	if (config.style.includes("{z}")) return raster(config);
	const answer = await reach$1(config.style);
	if (!answer.ok) throw new Error(`map style: ${answer.status}`);
	return await answer.json();
}
/** A raster template is reached for by its first tile; any answer will do, some servers have no such tile. */
async function raster({ style, attribution }) {
	await reach$1(style.replace(/\{[zxy]\}/g, "0"));
	return {
		version: 8,
		sources: { raster: {
			type: "raster",
			tiles: [style],
			tileSize: 256,
			attribution: escape(attribution)
		} },
		layers: [{
			id: "raster",
			type: "raster",
			source: "raster"
		}]
	};
}
function reach$1(url) {
	return fetch(url, {
		signal: AbortSignal.timeout(patience),
		credentials: "omit",
		referrerPolicy: "no-referrer"
	});
}
/** MapLibre sets an attribution as HTML; ours is text. */
function escape(text) {
	const element = document.createElement("span");
	element.textContent = text;
	return element.innerHTML;
}
// src/hook.ts
function offerHook(picture, map) {
	window.peyk = {
		connection: () => connection.peek().state,
		ground: () => ground.peek(),
		settled: () => map?.settled ?? false,
		ids: () => [...picture.couriers.keys()],
		count: () => picture.couriers.size,
		drawn: () => map?.drawn ?? 0,
		project: (id) => map?.project(id),
		target: (id) => {
			const position = picture.couriers.get(id)?.position;
			return position && map?.projectPlace(position.lat, position.lon);
		},
		place: (lat, lon) => map?.projectPlace(lat, lon) ?? {
			x: NaN,
			y: NaN
		}
	};
}
// src/mercator.ts
var world = 2 ** 32;
var edge = 85.051129;
function place(lat, lon) {
	const sine = Math.sin(Math.max(-85.051129, Math.min(edge, lat)) * Math.PI / 180);
	const x = lon / 360 + .5;
	const y = .5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
	return {
		x: whole(x),
		y: Math.min(world - 1, Math.max(0, Math.round(y * world)))
	};
}
function degrees$1(at) {
	return {
		lat: Math.atan(Math.sinh(Math.PI * (1 - 2 * at.y / world))) * 180 / Math.PI,
		lon: at.x / world * 360 - 180
	};
}
/** Where one is who has gone the share, 0 to 1, of the way. */
function between(from, to, share) {
	if (share >= 1) return to;
	return {
		x: from.x + Math.round(difference(from.x, to.x) * share) >>> 0,
		y: from.y + Math.round(difference(from.y, to.y) * share) >>> 0
	};
}
/** b - a, the short way round. */
function difference(a, b) {
	return b - a | 0;
}
function whole(x) {
	return Math.round((x - Math.floor(x)) * world) >>> 0;
}
/** Looks of a courier, as bits. */
var look = {
	moving: 1,
	silent: 2,
	selected: 4
};
/** What lies at which 32-bit word of a courier's record. */
var record = {
	fromX: 0,
	fromY: 1,
	toX: 2,
	toY: 3,
	start: 4,
	duration: 5,
	turnFrom: 6,
	turnTo: 7,
	look: 8,
	words: 9
};
var vertex = `#version 300 es
precision highp float;
precision highp int;

uniform mat4 u_matrix;    // from centre-relative mercator integers to clip space
uniform uvec2 u_centre;   // mercator integers
uniform float u_now;      // milliseconds of the layer's clock
uniform vec2 u_unit;      // one unit to the right and down, in clip space
uniform float u_bearing;  // radians; which way is up on the screen

in uvec2 a_from;          // mercator integers
in uvec2 a_to;
in vec2 a_time;           // when the way began, how long it takes; milliseconds
in vec2 a_heading;        // radians, at the beginning and at the end
in uint a_look;

out vec2 v_point;         // in units; y is where the courier goes
flat out uint v_look;

const float TAU = 6.283185307179586;

void main() {
  float share = a_time.y > 0.0 ? clamp((u_now - a_time.x) / a_time.y, 0.0, 1.0) : 1.0;
  vec2 from = vec2(ivec2(a_from - u_centre));
  vec2 way = vec2(ivec2(a_to - a_from));
  vec4 centre = u_matrix * vec4(from + way * share, 0.0, 1.0);

  float turn = a_heading.y - a_heading.x;
  turn -= TAU * floor(turn / TAU + 0.5);
  float angle = a_heading.x + turn * min(share * 3.0, 1.0) - u_bearing;
  float s = sin(angle), c = cos(angle);

  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
  vec2 offset = corner * 20.0;
  v_point = vec2(c * offset.x + s * offset.y, s * offset.x - c * offset.y);
  v_look = a_look;
  gl_Position = centre + vec4(offset * u_unit * centre.w, 0.0, 0.0);
}`;
var fragment = `#version 300 es
precision highp float;

uniform vec3 u_moving;
uniform vec3 u_stopped;
uniform vec3 u_silent;
uniform vec3 u_ground;    // the halo around a courier, and what a hollow one is filled with
uniform vec3 u_accent;    // the ring around the selected one
uniform float u_pixel;    // one pixel of the screen in units
uniform float u_stale;    // 1 while the picture is not live

in vec2 v_point;
flat in uint v_look;
out vec4 color;

// Distance to the hull of two circles: radius a at the origin, radius b at
// height h above it. Signed distance of an uneven capsule, Inigo Quilez,
// https://iquilezles.org/articles/distfunctions2d/
float drop(vec2 p, float a, float b, float h) {
  p.x = abs(p.x);
  float k = (a - b) / h;
  float m = sqrt(1.0 - k * k);
  float along = dot(p, vec2(-k, m));
  if (along < 0.0) return length(p) - a;
  if (along > m * h) return length(p - vec2(0.0, h)) - b;
  return dot(p, vec2(m, k)) - a;
}

float cover(float distance) {
  return clamp(0.5 - distance / u_pixel, 0.0, 1.0);
}

void over(vec3 paint, float alpha) {
  color = vec4(paint * alpha, alpha) + color * (1.0 - alpha);
}

void main() {
  bool moving = (v_look & ${look.moving}u) != 0u;
  bool silent = (v_look & ${look.silent}u) != 0u;
  bool selected = (v_look & ${look.selected}u) != 0u;

  float shape = moving ? drop(v_point + vec2(0.0, 3.0), 7.5, 1.6, 12.9) : length(v_point) - 7.0;
  vec3 fill = silent ? u_silent : mix(moving ? u_moving : u_stopped, u_silent, u_stale);

  color = vec4(0.0);
  over(vec3(0.0), 0.16 * (1.0 - smoothstep(-1.0, 4.0, shape)));
  if (selected) over(u_accent, cover(abs(length(v_point) - 16.5) - 1.25));
  over(u_ground, cover(shape - 1.5));
  over(fill, cover(shape));
  if (silent) over(u_ground, cover(shape + 2.25));
}`;
// src/brush.ts
var stride = record.words * 4;
var Brush = class {
	gl;
	program;
	array;
	buffer;
	capacity = 0;
	constructor(gl) {
		this.gl = gl;
		this.program = link(gl);
		this.array = gl.createVertexArray();
		this.buffer = gl.createBuffer();
		gl.bindVertexArray(this.array);
		gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
		this.attribute("a_from", 2, record.fromX, gl.UNSIGNED_INT);
		this.attribute("a_to", 2, record.toX, gl.UNSIGNED_INT);
		this.attribute("a_time", 2, record.start, gl.FLOAT);
		this.attribute("a_heading", 2, record.turnFrom, gl.FLOAT);
		this.attribute("a_look", 1, record.look, gl.UNSIGNED_INT);
		gl.bindVertexArray(null);
	}
	/** Brings the changed slots of the records to the GPU, or all when it has none. */
	load(records, changed, count) {
		const { gl } = this;
		gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
		if (this.capacity !== records.byteLength) {
			this.capacity = records.byteLength;
			gl.bufferData(gl.ARRAY_BUFFER, records, gl.DYNAMIC_DRAW);
			return;
		}
		const to = Math.min(changed.to, count);
		if (changed.from >= to) return;
		const first = changed.from * record.words;
		gl.bufferSubData(gl.ARRAY_BUFFER, changed.from * stride, records, first, (to - changed.from) * record.words);
	}
	draw(map, input, paint, count, now) {
		const { gl } = this;
		gl.useProgram(this.program);
		this.place(map, input);
		gl.uniform1f(this.uniform("u_now"), now);
		for (const name of [
			"moving",
			"stopped",
			"silent",
			"ground",
			"accent"
		]) gl.uniform3fv(this.uniform(`u_${name}`), paint[name]);
		gl.uniform1f(this.uniform("u_stale"), paint.stale ? 1 : 0);
		gl.bindVertexArray(this.array);
		gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
		gl.bindVertexArray(null);
	}
	free() {
		this.gl.deleteProgram(this.program);
		this.gl.deleteVertexArray(this.array);
		this.gl.deleteBuffer(this.buffer);
	}
	/** Tells the program where the map is, relative to its centre so that float32 is enough. */
	place(map, input) {
		const { gl } = this;
		const { lng, lat } = map.getCenter();
		const centre = place(lat, lng);
		const turns = Math.floor(lng / 360 + .5);
		const matrix = around(input.defaultProjectionData.mainMatrix, centre.x / world + turns, centre.y / world);
		const { clientWidth, clientHeight } = map.getCanvas();
		const size = sizeAt(map.getZoom());
		gl.uniformMatrix4fv(this.uniform("u_matrix"), false, matrix);
		gl.uniform2ui(this.uniform("u_centre"), centre.x, centre.y);
		gl.uniform2f(this.uniform("u_unit"), 2 * size / clientWidth, -2 * size / clientHeight);
		gl.uniform1f(this.uniform("u_pixel"), clientWidth / (gl.drawingBufferWidth * size));
		gl.uniform1f(this.uniform("u_bearing"), map.getBearing() * Math.PI / 180);
	}
	attribute(name, size, word, type) {
		const { gl } = this;
		const location = gl.getAttribLocation(this.program, name);
		gl.enableVertexAttribArray(location);
		gl.vertexAttribDivisor(location, 1);
		if (type === gl.FLOAT) gl.vertexAttribPointer(location, size, type, false, stride, word * 4);
		else gl.vertexAttribIPointer(location, size, type, stride, word * 4);
	}
	uniform(name) {
		return this.gl.getUniformLocation(this.program, name);
	}
};
/** Couriers are whole from zoom 12.8 on, and smaller where the map shows much more than a town. */
function sizeAt(zoom) {
	return Math.max(.45, Math.min(1, 1 - (12.8 - zoom) * .16));
}
/** The matrix for mercator integers counted from the centre; made in float64, so that nothing shakes. */
function around(matrix, x, y) {
	const out = /* @__PURE__ */ new Float32Array(16);
	for (let row = 0; row < 4; row++) {
		const [a, b, c, d] = [
			matrix[row],
			matrix[row + 4],
			matrix[row + 8],
			matrix[row + 12]
		];
		out[row] = a / world;
		out[row + 4] = b / world;
		out[row + 8] = c;
		out[row + 12] = a * x + b * y + d;
	}
	return out;
}
function link(gl) {
	const program = gl.createProgram();
	for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
		const shader = gl.createShader(type);
		if (!shader) continue;
		gl.shaderSource(shader, source);
		gl.compileShader(shader);
		gl.attachShader(program, shader);
	}
	gl.linkProgram(program);
	if (gl.getProgramParameter(program, gl.LINK_STATUS) || gl.isContextLost()) return program;
	throw new Error(`link the couriers' program: ${gl.getProgramInfoLog(program)}`);
}
// src/markers.ts
var hour = 36e5;
var Markers = class {
	id = "couriers";
	type = "custom";
	slots = /* @__PURE__ */ new Map();
	ids = [];
	buffer = /* @__PURE__ */ new ArrayBuffer(record.words * 4 * 256);
	ints = new Uint32Array(this.buffer);
	floats = new Float32Array(this.buffer);
	dirty = {
		from: 0,
		to: 0
	};
	base = performance.now();
	until = 0;
	selected;
	map;
	brush;
	paint;
	constructor(paint) {
		this.paint = paint;
	}
	/** Puts a marker, gliding there for so many milliseconds from where it is now. */
	put(id, mark, duration) {
		const slot = this.slots.get(id);
		if (slot === void 0) this.write(this.add(id), place(mark.lat, mark.lon), mark, 0);
		else this.write(slot, this.where(slot), mark, duration);
	}
	/** Changes what a marker looks like, and leaves it on its way. */
	mark(id, { moving, silent }) {
		const slot = this.slots.get(id);
		if (slot === void 0) return;
		const word = slot * record.words + record.look;
		const selected = this.ints[word] & look.selected;
		this.ints[word] = selected | (moving ? look.moving : 0) | (silent ? look.silent : 0);
		this.touch(slot);
	}
	remove(id) {
		const slot = this.slots.get(id);
		const last = this.ids.pop();
		if (slot === void 0 || last === void 0) return;
		this.slots.delete(id);
		if (last === id) return;
		this.ids[slot] = last;
		this.slots.set(last, slot);
		const from = this.ids.length * record.words;
		this.ints.copyWithin(slot * record.words, from, from + record.words);
		this.touch(slot);
	}
	select(id) {
		for (const each of [this.selected, id]) {
			const slot = each === void 0 ? void 0 : this.slots.get(each);
			if (slot === void 0) continue;
			this.ints[slot * record.words + record.look] ^= look.selected;
			this.touch(slot);
		}
		this.selected = id;
	}
	/** Ends every glide at once: who comes back to a tab sees where couriers are. */
	settle() {
		for (let slot = 0; slot < this.ids.length; slot++) this.floats[slot * record.words + record.duration] = 0;
		this.until = 0;
		this.touch(0);
		this.touch(this.ids.length - 1);
	}
	/** Where the marker is now, on its way; undefined if there is none. */
	at(id) {
		const slot = this.slots.get(id);
		return slot === void 0 ? void 0 : this.where(slot);
	}
	/** The marker nearest to the place and less than so many mercator steps away. */
	nearest(to, within) {
		let found;
		let best = within;
		for (let slot = 0; slot < this.ids.length; slot++) {
			const at = this.where(slot);
			const distance = Math.hypot(difference(to.x, at.x), difference(to.y, at.y));
			if (distance >= best) continue;
			best = distance;
			found = this.ids[slot];
		}
		return found;
	}
	onAdd(map) {
		this.map = map;
		this.brush = void 0;
		this.touch(0);
		this.touch(this.ids.length - 1);
	}
	onRemove() {
		this.brush?.free();
		this.brush = void 0;
	}
	/** The context is gone with everything in it; the next drawing makes all anew. */
	forget() {
		this.brush = void 0;
	}
	render(gl, input) {
		const map = this.map;
		if (!map || this.ids.length === 0) return;
		const now = performance.now();
		if (now - this.base > hour) this.rebase(now);
		this.brush ??= new Brush(gl);
		this.brush.load(this.ints, this.dirty, this.ids.length);
		this.dirty = {
			from: Infinity,
			to: 0
		};
		this.brush.draw(map, input, this.paint, this.ids.length, now - this.base);
		if (now < this.until) map.triggerRepaint();
	}
	add(id) {
		const slot = this.ids.length;
		if (slot * record.words * 4 === this.buffer.byteLength) this.grow();
		this.ids.push(id);
		this.slots.set(id, slot);
		this.floats[slot * record.words + record.turnTo] = 0;
		this.ints[slot * record.words + record.look] = id === this.selected ? look.selected : 0;
		return slot;
	}
	grow() {
		const old = this.ints;
		this.buffer = /* @__PURE__ */ new ArrayBuffer(this.buffer.byteLength * 2);
		this.ints = new Uint32Array(this.buffer);
		this.floats = new Float32Array(this.buffer);
		this.ints.set(old);
	}
	write(slot, from, mark, duration) {
		const { ints, floats } = this;
		const word = slot * record.words;
		const to = place(mark.lat, mark.lon);
		const now = performance.now();
		const turnFrom = floats[word + record.turnTo] ?? 0;
		const turn = mark.heading === null ? turnFrom : mark.heading * Math.PI / 180;
		ints[word + record.fromX] = from.x;
		ints[word + record.fromY] = from.y;
		ints[word + record.toX] = to.x;
		ints[word + record.toY] = to.y;
		floats[word + record.start] = now - this.base;
		floats[word + record.duration] = duration;
		floats[word + record.turnFrom] = duration > 0 ? turnFrom : turn;
		floats[word + record.turnTo] = turn;
		this.until = Math.max(this.until, now + duration);
		this.mark(this.ids[slot], mark);
	}
	where(slot) {
		const { ints, floats } = this;
		const word = slot * record.words;
		const from = {
			x: ints[word + record.fromX],
			y: ints[word + record.fromY]
		};
		const to = {
			x: ints[word + record.toX],
			y: ints[word + record.toY]
		};
		const duration = floats[word + record.duration];
		if (duration === 0) return to;
		return between(from, to, (performance.now() - this.base - floats[word + record.start]) / duration);
	}
	/** Moves the zero of the records' clock to now, before float32 gets coarse. */
	rebase(now) {
		const shift = now - this.base;
		for (let slot = 0; slot < this.ids.length; slot++) this.floats[slot * record.words + record.start] -= shift;
		this.base = now;
		this.touch(0);
		this.touch(this.ids.length - 1);
	}
	touch(slot) {
		this.dirty.from = Math.min(this.dirty.from, Math.max(slot, 0));
		this.dirty.to = Math.max(this.dirty.to, slot + 1);
		this.map?.triggerRepaint();
	}
};
// src/motion.ts
var slowest = .7;
var step = 12;
var silence$1 = 3;
function motion(last, next) {
	const way = last ? metres(last, next) : {
		east: 0,
		north: 0
	};
	const stepped = Math.hypot(way.east, way.north) > step;
	const bearing = stepped ? degrees(way) : last?.heading ?? null;
	const repeated = last !== void 0 && last.stamp === next.stamp;
	return {
		moving: next.speed === null ? stepped || repeated && last.moving : next.speed >= slowest,
		heading: next.heading ?? bearing
	};
}
/** Whether nothing was heard for three of the courier's intervals at the moment, milliseconds since 1970. */
function silent(position, now) {
	return now !== void 0 && position.interval !== null && now - position.stamp > silence$1 * position.interval;
}
function metres(from, to) {
	const degree = 111195;
	return {
		east: ((to.lon - from.lon + 540) % 360 - 180) * degree * Math.cos(to.lat * Math.PI / 180),
		north: (to.lat - from.lat) * degree
	};
}
function degrees(way) {
	return (Math.atan2(way.east, way.north) * (180 / Math.PI) + 360) % 360;
}
// src/map.ts
var longestGlide = 2e3;
var farthestGlide = 3e3;
var grasp = 18;
var flight = 600;
var CourierMap = class {
	map;
	markers;
	picture;
	stamps = /* @__PURE__ */ new Map();
	silents = /* @__PURE__ */ new Set();
	scheduled = 0;
	jump = false;
	placed = false;
	styled = false;
	awaitsCity = false;
	/** Draws the picture's couriers in the container. Throws without WebGL 2. */
	constructor(container, picture, theme, picked) {
		setWorkerUrl(new URL("maplibre-gl-worker.mjs", document.baseURI).href);
		this.picture = picture;
		this.markers = new Markers(paint(theme));
		this.map = new Map$1({
			...options,
			container,
			style: blank(theme)
		});
		this.map.touchZoomRotate.disableRotation();
		this.map.keyboard.disableRotation();
		this.map.on("style.load", () => this.addMarkers());
		this.map.on("webglcontextlost", () => this.markers.forget());
		this.map.on("webglcontextrestored", () => this.markers.forget());
		this.map.on("click", (event) => picked(this.pick(event.point)));
		this.map.on("mousemove", (event) => this.point(event.point));
		this.map.on("movestart", (event) => this.placed ||= "originalEvent" in event && event.originalEvent !== void 0);
		document.addEventListener("visibilitychange", () => this.come());
	}
	/** Lays a ground under the couriers; from one built-in theme to another without a flash. */
	ground(style, theme) {
		this.map.setStyle(style, { diff: this.styled });
		if (this.map.getLayer(this.markers.id)) this.map.moveLayer(this.markers.id);
		this.tint(theme);
	}
	/** Gives the couriers the colours of the theme. */
	tint(theme) {
		this.markers.paint = {
			...paint(theme),
			stale: this.markers.paint.stale
		};
		this.map.triggerRepaint();
	}
	/** Names the makers of somebody else's map, as they ask for. */
	attribute() {
		this.map.addControl(new AttributionControl({ compact: false }), "bottom-left");
	}
	/** Words for what MapLibre says by itself. */
	name(label) {
		this.map.getCanvas().setAttribute("aria-label", label);
	}
	/** Looks at the demo city, once it has come. */
	async showCity() {
		this.awaitsCity = true;
		await this.map.once("style.load");
		const bounds = await this.map.getSource("city")?.getBounds();
		if (this.placed || !bounds) return;
		this.placed = true;
		const camera = this.map.cameraForBounds(bounds, { padding: 0 });
		if (camera) this.map.jumpTo({
			center: camera.center,
			zoom: Math.max(12.9, camera.zoom + .4)
		});
	}
	/** Flies to where all couriers are in view. */
	showAll(milliseconds = flight) {
		const bounds = new LngLatBounds();
		for (const { position } of this.picture.couriers.values()) if (position) bounds.extend([position.lon, position.lat]);
		if (bounds.isEmpty()) return;
		this.placed = true;
		this.map.fitBounds(bounds, {
			padding: 80,
			maxZoom: 15,
			duration: still() ? 0 : milliseconds
		});
	}
	zoom(by) {
		this.map.easeTo({
			zoom: this.map.getZoom() + by,
			duration: still() ? 0 : 200
		});
	}
	select(id) {
		this.markers.select(id);
	}
	/** Whether what is shown is known to be true; greys the couriers if not. */
	stale(stale) {
		if (this.markers.paint.stale === stale) return;
		this.markers.paint.stale = stale;
		this.map.triggerRepaint();
	}
	/** Draws what changed in the picture, in the next animation frame. */
	draw() {
		if (this.scheduled === 0) this.scheduled = requestAnimationFrame(() => this.drawNow());
	}
	/** Looks through all couriers for who fell silent, by the frames' clock; returns how many are. */
	watchSilence() {
		const now = this.picture.clock.now(performance.now());
		for (const courier of this.picture.couriers.values()) {
			const is = courier.position !== void 0 && silent(courier.position, now);
			if (is === this.silents.has(courier.id)) continue;
			this.hush(courier.id, is);
			this.markers.mark(courier.id, {
				moving: courier.position?.moving ?? false,
				silent: is
			});
		}
		return this.silents.size;
	}
	/** Where the courier's marker is drawn now; undefined if it is not. */
	project(id) {
		const at = this.markers.at(id);
		if (!at) return void 0;
		const { lat, lon } = degrees$1(at);
		return this.projectPlace(lat, lon);
	}
	projectPlace(lat, lon) {
		const { x, y } = this.map.project([lon, lat]);
		return {
			x,
			y
		};
	}
	/** How many couriers are on the map. */
	get drawn() {
		return this.stamps.size;
	}
	/** Whether the ground and the layer of the couriers are there, and the view stands still. */
	get settled() {
		return this.map.loaded() && !this.map.isMoving() && this.map.getLayer(this.markers.id) !== void 0;
	}
	drawNow() {
		this.scheduled = 0;
		const now = this.picture.clock.now(performance.now());
		for (const id of this.picture.takeChanged()) {
			const courier = this.picture.couriers.get(id);
			if (courier?.position) this.put(courier, now);
			else this.remove(id);
		}
		this.jump = false;
		if (!this.placed && !this.awaitsCity && this.picture.inStep) this.showAll(0);
	}
	put({ id, position }, now) {
		if (!position) return;
		const is = silent(position, now);
		this.hush(id, is);
		const last = this.stamps.get(id);
		if (last === position.stamp) return;
		this.stamps.set(id, position.stamp);
		const gap = last === void 0 ? 0 : position.stamp - last;
		const glides = gap > 0 && !this.jump && !still() && this.metresTo(id, position.lat, position.lon) < farthestGlide;
		this.markers.put(id, {
			...position,
			silent: is
		}, glides ? Math.min(gap, longestGlide) : 0);
	}
	remove(id) {
		this.stamps.delete(id);
		this.silents.delete(id);
		this.markers.remove(id);
	}
	hush(id, is) {
		if (is) this.silents.add(id);
		else this.silents.delete(id);
	}
	metresTo(id, lat, lon) {
		const from = this.markers.at(id);
		if (!from) return 0;
		const to = place(lat, lon);
		const metre = world / (40075017 * Math.cos(lat * Math.PI / 180));
		return Math.hypot(to.x - from.x | 0, to.y - from.y | 0) / metre;
	}
	pick(point) {
		const { lat, lng } = this.map.unproject([point.x, point.y]);
		const pixel = world / (512 * 2 ** this.map.getZoom());
		return this.markers.nearest(place(lat, lng), grasp * pixel);
	}
	point(point) {
		this.map.getCanvas().style.cursor = this.pick(point) === void 0 ? "" : "pointer";
	}
	/** The tab is looked at again: everything is where it is, at once. */
	come() {
		if (document.hidden) return;
		this.jump = true;
		this.markers.settle();
		this.draw();
	}
	addMarkers() {
		this.styled = true;
		this.map.setProjection({ type: "mercator" });
		if (!this.map.getLayer(this.markers.id)) this.map.addLayer(this.markers);
	}
};
var options = {
	center: [53, 32.5],
	zoom: 4.2,
	maxZoom: 20,
	maxPitch: 0,
	dragRotate: false,
	pitchWithRotate: false,
	touchPitch: false,
	attributionControl: false,
	fadeDuration: 0
};
function blank(theme) {
	return {
		version: 8,
		sources: {},
		layers: [{
			id: "sea",
			type: "background",
			paint: { "background-color": theme.map.water }
		}]
	};
}
function paint(theme) {
	return {
		moving: parts(theme.moving),
		stopped: parts(theme.stopped),
		silent: parts(theme.silent),
		ground: parts(theme.surface),
		accent: parts(theme.accent),
		stale: true
	};
}
function still() {
	return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
// src/wire.ts
/** Something came that is not of the form it should be. */
var WireError = class extends Error {
	name = "WireError";
};
/** Reads one text frame; undefined if its type is one that we do not know. */
function parse(text) {
	const o = object(json(text), "message");
	switch (string(o, "type")) {
		case "hello": return {
			type: "hello",
			epoch: string(o, "epoch"),
			version: number(o, "version")
		};
		case "parts": return {
			type: "parts",
			parts: list(o, "parts").map((item) => textItem(item))
		};
		case "frame": return frame(o);
		case "upto": return {
			type: "upto",
			version: number(o, "version")
		};
		case "beat": return {
			type: "beat",
			version: number(o, "version")
		};
		case "bye": return {
			type: "bye",
			code: number(o, "code"),
			reason: string(o, "reason"),
			after: number(o, "after")
		};
		case "error": return {
			type: "error",
			error: string(o, "error"),
			detail: string(o, "detail")
		};
		default: return;
	}
}
/** Writes the message that says what we want to see, and what we already have. */
function watch(have) {
	const view = { all: true };
	if (!have) return JSON.stringify({
		type: "watch",
		view
	});
	return JSON.stringify({
		type: "watch",
		view,
		epoch: have.epoch,
		have: Object.fromEntries(have.versions)
	});
}
/** Reads /config.json. */
function parseConfig(text) {
	const o = object(json(text), "config");
	return {
		style: string(o, "style"),
		attribution: string(o, "attribution"),
		city: flag(o, "city")
	};
}
function frame(o) {
	const to = number(o, "to");
	return {
		type: "frame",
		part: string(o, "part"),
		from: number(o, "from"),
		to,
		full: flag(o, "full"),
		more: flag(o, "more"),
		left: list(o, "left").map((item) => numberItem(item)),
		introduced: list(o, "new").map(introduction),
		at: list(o, "at").map((item) => fix(item, to))
	};
}
function introduction(item) {
	const a = array(item, "introduction");
	return {
		number: numberItem(a[0]),
		id: textItem(a[1]),
		name: textItem(a[2]),
		team: textItem(a[3]),
		username: textItem(a[4])
	};
}
function fix(item, to) {
	const a = array(item, "position");
	const interval = measure(a[6]);
	const position = {
		lat: numberItem(a[1]),
		lon: numberItem(a[2]),
		heading: measure(a[3]),
		speed: measure(a[4]),
		stamp: to / 1e3 - numberItem(a[5]),
		interval: interval === null ? null : interval * 1e3
	};
	return {
		number: numberItem(a[0]),
		position
	};
}
function json(text) {
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new WireError("not JSON", { cause });
	}
}
function object(value, what) {
	if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
	throw new WireError(`${what} is not an object`);
}
function array(value, what) {
	if (Array.isArray(value)) return value;
	throw new WireError(`${what} is not an array`);
}
function string(o, key) {
	const value = o[key];
	if (typeof value === "string") return value;
	throw new WireError(`${key} is not a string`);
}
function number(o, key) {
	return numberItem(o[key], key);
}
/** A member that is left out where it is false. */
function flag(o, key) {
	return o[key] === true;
}
/** A member that is left out where it is empty. */
function list(o, key) {
	return o[key] === void 0 ? [] : array(o[key], key);
}
function numberItem(value, what = "item") {
	if (typeof value === "number") return value;
	throw new WireError(`${String(what)} is not a number`);
}
function textItem(value) {
	if (typeof value === "string") return value;
	throw new WireError("item is not a string");
}
function measure(value) {
	return value === null || value === void 0 ? null : numberItem(value);
}
// src/outside.ts
function browser() {
	return {
		connect,
		standing,
		token,
		now: () => performance.now(),
		after: (milliseconds, call) => {
			const timer = setTimeout(call, milliseconds);
			return () => clearTimeout(timer);
		},
		random: Math.random
	};
}
/** What the server tells the page about its map; the built-in world if it does not answer. */
async function configured() {
	try {
		return parseConfig(await (await fetch("config.json", { signal: AbortSignal.timeout(1e4) })).text());
	} catch {
		return {
			style: "builtin",
			attribution: "",
			city: false
		};
	}
}
function connect(protocols, ear) {
	const url = new URL("ws", document.baseURI);
	url.protocol = url.protocol.replace("http", "ws");
	const socket = new WebSocket(url, protocols);
	socket.addEventListener("open", () => ear.open());
	socket.addEventListener("message", (event) => ear.message(String(event.data)));
	socket.addEventListener("close", () => ear.close());
	return socket;
}
async function standing() {
	const token$2 = token();
	const headers = token$2 === void 0 ? {} : { Authorization: `Bearer ${token$2}` };
	try {
		const answer = await fetch("api/v1/me", {
			headers,
			cache: "no-store",
			signal: AbortSignal.timeout(1e4)
		});
		if (answer.status === 401 || answer.status === 403) return "refused";
		return answer.ok ? "welcome" : "unreachable";
	} catch {
		return "unreachable";
	}
}
// node_modules/preact/jsx-runtime/dist/jsxRuntime.mjs
var f = Symbol.for("pv");
var o = 0;
Array.isArray;
function a(t, e, n, u, a, i) {
	e || (e = {});
	var c, l, p = e;
	if ("ref" in p && "function" != typeof t) for (l in p = {}, e) "ref" == l ? c = e[l] : p[l] = e[l];
	var s = {
		type: t,
		props: p,
		key: n,
		ref: c,
		__k: null,
		__: null,
		__b: 0,
		__e: null,
		__c: null,
		constructor: f,
		__v: --o,
		__i: -1,
		__u: 0
	};
	return (a || i) && (s.__source = a, s.__self = i), n$1.vnode && n$1.vnode(s), s;
}
// src/door.tsx
function Door({ enter }) {
	const t = text.value;
	const submit = (event) => {
		event.preventDefault();
		const field = event.currentTarget instanceof HTMLFormElement && event.currentTarget.elements.namedItem("token");
		if (field instanceof HTMLInputElement) enter(field.value);
	};
	return /* @__PURE__ */ a("form", {
		class: "box middle",
		onSubmit: submit,
		children: [
			/* @__PURE__ */ a("h2", { children: t.needToken }),
			/* @__PURE__ */ a("p", {
				class: "muted",
				children: token() === void 0 ? t.needTokenWhy : t.wrongToken
			}),
			/* @__PURE__ */ a("label", { children: [t.token, /* @__PURE__ */ a("input", {
				name: "token",
				type: "password",
				dir: "ltr",
				autocomplete: "off",
				spellcheck: false,
				required: true,
				autofocus: true
			})] }),
			/* @__PURE__ */ a("button", {
				class: "primary",
				children: t.enter
			})
		]
	});
}
// src/empty.tsx
function Empty() {
	const t = text.value;
	const copied = useSignal(false);
	const code = T(null);
	const token$1 = token();
	const copy = async () => {
		copied.value = await toClipboard(firstPosition(token$1), code.current);
	};
	return /* @__PURE__ */ a("section", {
		class: "box middle wide",
		children: [
			/* @__PURE__ */ a("h2", { children: t.empty }),
			/* @__PURE__ */ a("p", { children: t.sendFirst }),
			/* @__PURE__ */ a("pre", {
				dir: "ltr",
				tabIndex: 0,
				children: /* @__PURE__ */ a("code", {
					ref: code,
					children: firstPosition(token$1 && "…")
				})
			}),
			/* @__PURE__ */ a("p", {
				class: "row",
				children: [/* @__PURE__ */ a("button", {
					class: "primary",
					onClick: () => void copy(),
					children: copied.value ? t.copied : t.copy
				}), token$1 !== void 0 && /* @__PURE__ */ a("span", {
					class: "muted",
					children: t.withToken
				})]
			})
		]
	});
}
function firstPosition(token) {
	return [
		`curl ${new URL("api/v1/locations", document.baseURI).href}`,
		...token === void 0 ? [] : [`-H 'Authorization: Bearer ${token}'`],
		`-H 'Content-Type: application/json'`,
		`-d '{"latitude": 35.7, "longitude": 51.4, "user": {"id": 1, "username": "sara"}}'`
	].join(" \\\n  ");
}
/** Copies; pages that are not secure may not, so what is shown is selected for the user's own copy. */
async function toClipboard(line, shown) {
	try {
		await navigator.clipboard.writeText(line);
		return true;
	} catch {
		if (shown) getSelection()?.selectAllChildren(shown);
		return false;
	}
}
// src/doing.ts
function doing(courier, now) {
	if (!courier.position || silent(courier.position, now)) return "silent";
	return courier.position.moving ? "moving" : "stopped";
}
// src/panel.tsx
function Panel({ actions }) {
	const refused = connection.value.state === "refused";
	const empty = inStep.value && count.value === 0 && connection.value.state === "live";
	return /* @__PURE__ */ a($, { children: [
		/* @__PURE__ */ a(Corner, { actions }),
		refused ? /* @__PURE__ */ a(Door, { enter: actions.enter }) : empty ? /* @__PURE__ */ a(Empty, {}) : /* @__PURE__ */ a(Card, { close: actions.deselect }),
		/* @__PURE__ */ a(Controls, { actions }),
		/* @__PURE__ */ a(GroundNote, {})
	] });
}
function Corner({ actions }) {
	const t = text.value;
	const n = count.value;
	return /* @__PURE__ */ a("section", {
		class: "box corner",
		children: [/* @__PURE__ */ a("p", {
			class: "connection",
			role: "status",
			children: /* @__PURE__ */ a(Status, {})
		}), /* @__PURE__ */ a("p", {
			class: "counts",
			children: [
				connection.value.state !== "refused" && /* @__PURE__ */ a("strong", { children: t.couriers(digits(n, language.value), n === 1) }),
				silentCount.value > 0 && /* @__PURE__ */ a("span", {
					class: "muted",
					children: [" · ", t.silent(digits(silentCount.value, language.value))]
				}),
				/* @__PURE__ */ a("button", {
					class: "quiet",
					lang: language.value === "en" ? "fa" : "en",
					"aria-label": t.switchLanguage,
					onClick: actions.switchLanguage,
					children: t.otherLanguage
				})
			]
		})]
	});
}
function Status() {
	const t = text.value;
	const c = connection.value;
	switch (c.state) {
		case "connecting": return /* @__PURE__ */ a(State, {
			kind: "waiting",
			word: t.connecting
		});
		case "live": return /* @__PURE__ */ a(State, {
			kind: "live",
			word: t.live,
			more: freshness(now.value.monotonic - c.heard)
		});
		case "lost": return /* @__PURE__ */ a(State, {
			kind: "lost",
			word: t.lost,
			more: comeback(c.retry - now.value.monotonic)
		});
		case "refused": return /* @__PURE__ */ a(State, {
			kind: "lost",
			word: t.refused,
			more: t.askForLink
		});
	}
}
function State({ kind, word, more }) {
	return /* @__PURE__ */ a($, { children: [
		/* @__PURE__ */ a("span", {
			class: `dot ${kind}`,
			"aria-hidden": "true"
		}),
		/* @__PURE__ */ a("strong", { children: word }),
		more !== void 0 && /* @__PURE__ */ a("span", {
			class: "muted",
			"aria-live": "off",
			children: more
		})
	] });
}
function freshness(milliseconds) {
	return milliseconds < 2e3 ? text.value.justNow : text.value.ago(age(milliseconds, language.value));
}
function comeback(milliseconds) {
	return milliseconds < 500 ? text.value.retrying : text.value.retryIn(age(Math.max(1e3, milliseconds), language.value));
}
function Card({ close }) {
	const courier = selected.value;
	if (!courier?.position) return null;
	const t = text.value;
	const { stamp } = courier.position;
	const old = now.value.server === void 0 ? 0 : now.value.server - stamp;
	return /* @__PURE__ */ a("section", {
		class: "box card",
		"aria-label": courier.name,
		children: [
			/* @__PURE__ */ a("button", {
				class: "close",
				"aria-label": t.close,
				onClick: close,
				children: /* @__PURE__ */ a(Icon, { path: "M4 4l8 8M12 4l-8 8" })
			}),
			/* @__PURE__ */ a("h2", { children: /* @__PURE__ */ a("bdi", { children: courier.name }) }),
			/* @__PURE__ */ a("p", {
				class: "muted",
				children: [
					t.id,
					" ",
					/* @__PURE__ */ a("bdi", { children: courier.id }),
					courier.team !== "" && /* @__PURE__ */ a($, { children: [" · ", /* @__PURE__ */ a("bdi", { children: courier.team })] })
				]
			}),
			/* @__PURE__ */ a("p", { children: [
				/* @__PURE__ */ a("span", {
					class: `shape ${doing(courier, now.value.server)}`,
					"aria-hidden": "true"
				}),
				t.motion[doing(courier, now.value.server)],
				/* @__PURE__ */ a("time", {
					class: "muted",
					dateTime: new Date(stamp).toISOString(),
					title: exact(stamp, language.value),
					children: old < 1500 ? t.justNow : t.ago(age(old, language.value))
				})
			] })
		]
	});
}
function Controls({ actions }) {
	const t = text.value;
	return /* @__PURE__ */ a("div", {
		class: "box controls",
		children: [
			/* @__PURE__ */ a(Control, {
				label: t.zoomIn,
				path: "M8 3v10M3 8h10",
				press: () => actions.zoom(1)
			}),
			/* @__PURE__ */ a(Control, {
				label: t.zoomOut,
				path: "M3 8h10",
				press: () => actions.zoom(-1)
			}),
			/* @__PURE__ */ a(Control, {
				label: t.showAll,
				path: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
				press: actions.showAll
			})
		]
	});
}
function Control({ label, path, press }) {
	return /* @__PURE__ */ a("button", {
		"aria-label": label,
		title: label,
		onClick: press,
		children: /* @__PURE__ */ a(Icon, { path })
	});
}
function Icon({ path }) {
	return /* @__PURE__ */ a("svg", {
		viewBox: "0 0 16 16",
		width: "16",
		height: "16",
		"aria-hidden": "true",
		children: /* @__PURE__ */ a("path", {
			d: path,
			fill: "none",
			stroke: "currentColor",
			"stroke-width": "1.6",
			"stroke-linecap": "round",
			"stroke-linejoin": "round"
		})
	});
}
/** What has to be known of the map itself. */
function GroundNote() {
	const t = text.value;
	return /* @__PURE__ */ a("div", {
		class: "notes",
		children: [
			ground.value === "fallback" && /* @__PURE__ */ a("p", {
				role: "status",
				children: t.fallback
			}),
			ground.value === "none" && /* @__PURE__ */ a("p", {
				role: "alert",
				children: t.noWebGL
			}),
			city.value && /* @__PURE__ */ a("p", { children: t.demoCity })
		]
	});
}
// src/clock.ts
var quiet = 12e3;
var FrameClock = class {
	ahead;
	heard = 0;
	stopped = false;
	/** A connection opened: the server may be another one, with another clock. */
	reset() {
		this.ahead = void 0;
	}
	/** A message made at the version (microseconds) came at the monotonic moment. */
	hear(version, at) {
		const ahead = version / 1e3 - at;
		if (this.ahead === void 0 || ahead > this.ahead) this.ahead = ahead;
		this.heard = at;
		this.stopped = false;
	}
	/** The connection is lost: it is the time of the last message until another one comes. */
	stop() {
		this.stopped = true;
	}
	/** Milliseconds since 1970 at the monotonic moment; undefined before the first message. */
	now(at) {
		if (this.ahead === void 0) return void 0;
		return this.ahead + Math.min(at, this.heard + (this.stopped ? 0 : quiet));
	}
};
// src/state.ts
var Picture = class {
	clock = new FrameClock();
	epoch = "";
	parts = /* @__PURE__ */ new Map();
	held = /* @__PURE__ */ new Map();
	loose = /* @__PURE__ */ new Set();
	changed = /* @__PURE__ */ new Set();
	step = false;
	get couriers() {
		return this.held;
	}
	/** Whether the picture was true, as a whole, when the last message came. */
	get inStep() {
		return this.step;
	}
	/** What we have, to go on from in another connection; undefined before the first. */
	have() {
		if (this.epoch === "") return void 0;
		const versions = /* @__PURE__ */ new Map();
		for (const [name, part] of this.parts) if (part.version > 0) versions.set(name, part.version);
		return {
			epoch: this.epoch,
			versions
		};
	}
	/** The ids of the couriers that changed, came or went since the last call. */
	takeChanged() {
		const taken = this.changed;
		this.changed = /* @__PURE__ */ new Set();
		return taken;
	}
	/** Applies a message that came at the monotonic moment, in milliseconds. */
	apply(message, at) {
		switch (message.type) {
			case "hello":
				this.begin(message.epoch);
				this.clock.hear(message.version, at);
				return "applied";
			case "parts":
				this.name(message);
				return "applied";
			case "frame":
				this.clock.hear(message.to, at);
				return this.frame(message);
			case "upto":
				this.clock.hear(message.version, at);
				this.letGo();
				return "applied";
			case "beat":
				this.clock.hear(message.version, at);
				return "applied";
			default: return "applied";
		}
	}
	/** The connection is lost: what came half is forgotten, the rest stays. */
	lost() {
		this.step = false;
		this.clock.stop();
		for (const part of this.parts.values()) this.forgetIncoming(part);
	}
	begin(epoch) {
		this.step = false;
		this.clock.reset();
		for (const part of this.parts.values()) this.forgetIncoming(part);
		if (epoch === this.epoch) return;
		this.epoch = epoch;
		for (const part of this.parts.values()) {
			for (const id of part.members.values()) part.ghosts.add(id);
			part.members.clear();
			part.version = 0;
		}
		for (const courier of this.held.values()) {
			courier.holders.clear();
			this.loose.add(courier.id);
		}
	}
	name(message) {
		const named = new Set(message.parts);
		for (const [name, part] of this.parts) if (!named.has(name)) this.drop(name, part);
		for (const name of named) {
			if (this.parts.has(name)) continue;
			this.parts.set(name, {
				version: 0,
				members: /* @__PURE__ */ new Map(),
				incoming: void 0,
				ghosts: /* @__PURE__ */ new Set()
			});
		}
	}
	drop(name, part) {
		this.parts.delete(name);
		this.forgetIncoming(part);
		for (const id of [...part.members.values(), ...part.ghosts]) {
			this.release(part, id);
			if (this.loose.has(id) && !this.haunted(id)) this.remove(id);
		}
	}
	frame(frame) {
		const part = this.parts.get(frame.part);
		if (!part) return "applied";
		if (frame.from > part.version) return "gap";
		if (frame.full) {
			this.forgetIncoming(part);
			part.incoming = /* @__PURE__ */ new Map();
		}
		const members = part.incoming ?? part.members;
		for (const number of frame.left) this.leave(part, members, number);
		for (const who of frame.introduced) this.introduce(part, members, who);
		for (const { number, position } of frame.at) this.move(part, members.get(number), position);
		if (frame.more) return "applied";
		if (part.incoming) this.replace(part, part.incoming);
		part.version = Math.max(part.version, frame.to);
		return "applied";
	}
	leave(part, members, number) {
		const id = members.get(number);
		if (id === void 0) return;
		members.delete(number);
		this.release(part, id);
	}
	introduce(part, members, who) {
		members.set(who.number, who.id);
		let courier = this.held.get(who.id);
		if (!courier) {
			courier = {
				id: who.id,
				name: "",
				team: "",
				username: "",
				position: void 0,
				holders: /* @__PURE__ */ new Map()
			};
			this.held.set(who.id, courier);
		}
		courier.name = who.name;
		courier.team = who.team;
		courier.username = who.username;
		if (!courier.holders.has(part)) courier.holders.set(part, void 0);
		this.loose.delete(who.id);
		this.changed.add(who.id);
	}
	move(part, id, position) {
		const courier = id === void 0 ? void 0 : this.held.get(id);
		if (!courier) return;
		const last = courier.holders.get(part);
		if (last && last.stamp > position.stamp) return;
		courier.holders.set(part, position);
		this.show(courier);
	}
	/** Ends a full frame: what it did not name is no longer held by the part. */
	replace(part, incoming) {
		const kept = new Set(incoming.values());
		for (const id of part.members.values()) if (!kept.has(id)) this.release(part, id);
		part.members = incoming;
		part.incoming = void 0;
		part.ghosts.clear();
	}
	forgetIncoming(part) {
		if (!part.incoming) return;
		const kept = new Set(part.members.values());
		for (const id of part.incoming.values()) if (!kept.has(id)) this.release(part, id);
		part.incoming = void 0;
	}
	release(part, id) {
		const courier = this.held.get(id);
		if (!courier) return;
		courier.holders.delete(part);
		if (courier.holders.size === 0) this.loose.add(id);
		else this.show(courier);
	}
	/** Shows the newest of what the parts say. */
	show(courier) {
		let newest;
		for (const position of courier.holders.values()) if (position && (!newest || position.stamp > newest.stamp)) newest = position;
		if (!newest) return;
		courier.position = {
			...newest,
			...motion(courier.position, newest)
		};
		this.changed.add(courier.id);
	}
	letGo() {
		this.step = true;
		for (const part of this.parts.values()) part.ghosts.clear();
		for (const id of this.loose) this.remove(id);
	}
	remove(id) {
		this.loose.delete(id);
		this.held.delete(id);
		this.changed.add(id);
	}
	haunted(id) {
		for (const part of this.parts.values()) if (part.ghosts.has(id)) return true;
		return false;
	}
};
// src/stream.ts
var silence = 25e3;
var firstWait = 500;
var longestWait = 3e4;
var settled = 1e4;
var Stream = class {
	outside;
	picture;
	changed;
	connection = { state: "connecting" };
	socket;
	attempt = 0;
	opened;
	failures = 0;
	bye;
	asked = 0;
	cancelTimer = () => {};
	/** Calls changed at every change of the connection, and after every message. */
	constructor(outside, picture, changed) {
		this.outside = outside;
		this.picture = picture;
		this.changed = changed;
	}
	/** Opens a connection at once, in place of whatever there is. */
	open() {
		this.dismiss();
		if (this.connection.state !== "lost") this.become({ state: "connecting" });
		const token = this.outside.token();
		this.attempt += 1;
		this.opened = void 0;
		this.bye = void 0;
		this.socket = this.outside.connect(token ? ["peyk.v1.json", `bearer.${token}`] : ["peyk.v1.json"], this.ear());
		this.wait(silence, () => void this.closed());
	}
	/** The tab is looked at again, or the network is back: do not sit out a wait. */
	wake() {
		if (this.connection.state === "lost") this.open();
		else if (this.connection.state === "live" && this.outside.now() - this.connection.heard > silence) this.lose();
	}
	/** Hears the connection that is being opened, and is deaf once it was dismissed. */
	ear() {
		const attempt = this.attempt;
		const current = () => attempt === this.attempt && this.socket !== void 0;
		return {
			open: () => current() && this.socket?.send(watch(this.picture.have())),
			message: (text) => current() && this.take(text),
			close: () => current() && void this.closed()
		};
	}
	take(text) {
		const at = this.outside.now();
		let message;
		try {
			message = parse(text);
		} catch {
			this.lose();
			return;
		}
		if (message) this.apply(message, at);
		if (this.opened === void 0) return;
		if (at - this.opened > settled) this.failures = 0;
		this.wait(silence, () => this.lose());
		this.become({
			state: "live",
			heard: at
		});
	}
	apply(message, at) {
		if (message.type === "hello") this.opened = at;
		if (message.type === "bye") this.bye = message;
		if (this.picture.apply(message, at) === "gap") this.watchAgain(at);
	}
	/** Something is missing. Frames that were under way may say so again: we ask once a second. */
	watchAgain(at) {
		if (at - this.asked < 1e3) return;
		this.asked = at;
		this.socket?.send(watch(this.picture.have()));
	}
	/** The socket closed. A handshake that was refused looks like a dead server, so ask which it is. */
	async closed() {
		this.dismiss();
		if (this.opened !== void 0) {
			this.lose();
			return;
		}
		const attempt = this.attempt;
		const standing = await this.outside.standing();
		if (attempt !== this.attempt) return;
		if (standing === "refused") this.become({ state: "refused" });
		else this.lose();
	}
	lose() {
		this.dismiss();
		this.picture.lost();
		const now = this.outside.now();
		const pause = this.bye ? this.bye.after : this.backOff();
		this.bye = void 0;
		const since = this.connection.state === "lost" ? this.connection.since : now;
		this.become({
			state: "lost",
			since,
			retry: now + pause
		});
		this.wait(pause, () => this.open());
	}
	backOff() {
		const pause = Math.min(longestWait, firstWait * 2 ** this.failures);
		this.failures += 1;
		return pause * (.5 + this.outside.random());
	}
	/** Lets go of the socket, so that nothing it still says is heard. */
	dismiss() {
		this.cancelTimer();
		const socket = this.socket;
		this.socket = void 0;
		socket?.close();
	}
	wait(milliseconds, call) {
		this.cancelTimer();
		this.cancelTimer = this.outside.after(milliseconds, call);
	}
	become(connection) {
		this.connection = connection;
		this.changed(connection);
	}
};
// src/main.tsx
var second = 1e3;
function start() {
	takeTokenFromAddress();
	followDarkness();
	x(dress);
	const picture = new Picture();
	const stream = new Stream(browser(), picture, (connection$1) => {
		connection.value = connection$1;
		tell(picture);
	});
	let map;
	Q(/* @__PURE__ */ a(Panel, { actions: actions(stream, () => map) }), element("panel"));
	selectedId.subscribe(() => tell(picture));
	stream.open();
	addEventListener("hashchange", () => takeTokenFromAddress() && stream.open());
	addEventListener("online", () => stream.wake());
	document.addEventListener("visibilitychange", () => document.hidden || stream.wake());
	configured().then((config) => {
		map = draw(picture, config);
		setInterval(() => tick(picture, map), second);
		document.addEventListener("visibilitychange", () => tick(picture, map));
		offerHook(picture, map);
	});
}
/** Gives the document the page's language and colours. */
function dress() {
	const language$2 = language.value;
	document.documentElement.lang = language$2;
	document.body.dir = language$2 === "fa" ? "rtl" : "ltr";
	document.title = text.value.title;
	for (const [name, color] of Object.entries(theme.value)) if (typeof color === "string") document.documentElement.style.setProperty(`--${name}`, color);
}
function actions(stream, map) {
	return {
		zoom: (by) => map()?.zoom(by),
		showAll: () => map()?.showAll(),
		deselect: () => selectedId.value = void 0,
		switchLanguage: () => {
			language.value = language.value === "en" ? "fa" : "en";
			keepLanguage(language.value);
		},
		enter: (token) => {
			keepToken(token);
			stream.open();
		}
	};
}
/** Opens the map and keeps it up with the page's signals; undefined where the browser cannot draw one. */
function draw(picture, config) {
	let map;
	try {
		map = new CourierMap(element("map"), picture, theme.peek(), (id) => selectedId.value = id);
	} catch {
		ground.value = "none";
		return;
	}
	x(() => map.name(text.value.map));
	x(() => map.select(selectedId.value));
	x(() => map.stale(connection.value.state !== "live" || !inStep.value));
	connection.subscribe(() => map.draw());
	lay(map, config);
	return map;
}
/** Tells the panel what the picture is now. */
function tell(picture) {
	inStep.value = picture.inStep;
	count.value = picture.couriers.size;
	const chosen = selectedId.peek();
	const courier = chosen === void 0 ? void 0 : picture.couriers.get(chosen);
	selected.value = courier && { ...courier };
}
function tick(picture, map) {
	if (document.hidden) return;
	const monotonic = performance.now();
	now.value = {
		monotonic,
		server: picture.clock.now(monotonic)
	};
	silentCount.value = map?.watchSilence() ?? 0;
}
function element(id) {
	const found = document.getElementById(id);
	if (!found) throw new Error(`the page has no #${id}`);
	return found;
}
start();
