import { AttributionControl, LngLatBounds, Map as Map$1, setWorkerUrl } from "./maplibre-gl.mjs";
// \0rolldown/runtime.js
var __defProp = Object.defineProperty;
var __exportAll = (all, no_symbols) => {
	let target = {};
	for (var name in all) __defProp(target, name, {
		get: all[name],
		enumerable: true
	});
	if (!no_symbols) __defProp(target, Symbol.toStringTag, { value: "Module" });
	return target;
};
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
	for (l = q(r, t, g, l, k), s = 0; s < k; s++) null != (v = r.__k[s]) && (h = ~v.__i && g[v.__i] || p$3, v.__i = s, _ = z$1(n, v, h, i, f, o, e, l, c, a), w = v.__e, (h.ref != v.ref || 8 & h.__u) && (h.ref && G(h.ref, null, v, h), v.ref && a.push(v.ref, v.__c || w, v)), d = d || w, 4 & v.__u ? (l = A$2(v, l, n, !h.__v), h.__e && (h.__e = null)) : "function" == typeof v.type && void 0 !== _ ? l = _ : w && (l = w.nextSibling), v.__u &= -21);
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
function A$2(n, t, r, u) {
	var i, f, o, e;
	if ("function" == typeof n.type) {
		if (n.props.__P) return t;
		if (i = n.__k) for (f = 0; f < i.length; f++) i[f] && (i[f].__ = n, t = A$2(i[f], t, r, !1));
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
	} else l = r.__e = F$2(u.__e, r, u, i, f, o, e, c, a, t);
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
function F$2(t, r, u, i, f, o, e, l, c, a) {
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
function A$1(n, u) {
	var i = y$2(t$1++, 3);
	!a$2.__s && E(i.__H, u) && (i.__P = !0, i.__ = n, i.u = u, r$1.__H.__h.push(i));
}
function F$1(n, u) {
	var i = y$2(t$1++, 4);
	!a$2.__s && E(i.__H, u) && (i.__P = !1, i.__ = n, i.u = u, r$1.__h.push(i));
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
var d;
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
	d = void 0;
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
		d = f;
		y(t);
	}
});
b("__e", function(i, n, r, t) {
	y();
	d = void 0;
	i(n, r, t);
});
b("diffed", function(i, n) {
	y();
	d = void 0;
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
function useComputed(i, n) {
	var r = T(i);
	r.current = i;
	d.__$f |= 4;
	return w$2(function() {
		return O(function() {
			return r.current();
		}, n);
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
// src/fields.ts
var WireError = class extends Error {
	name = "WireError";
};
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
function flag(o, key) {
	return o[key] === true;
}
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
function words(o, key) {
	const value = o[key];
	return typeof value === "string" && value !== "" ? value : void 0;
}
function known$1(o, key) {
	const value = o[key];
	return typeof value === "number" ? value : void 0;
}
// src/answers.ts
var roles = [
	"admin",
	"viewer",
	"courier",
	"service",
	"customer"
];
var actions$1 = [
	"watch",
	"publish",
	"manage"
];
var kinds$2 = [
	"all",
	"team",
	"courier",
	"order"
];
function parseMe(answer) {
	const o = object(json(answer), "me");
	const until = words(o, "until");
	return {
		subject: words(o, "subject") ?? "",
		name: words(o, "name") ?? "",
		role: one(roles, string(o, "role")),
		actions: list(o, "actions").flatMap((each) => actions$1.find((action) => action === each) ?? []),
		scopes: list(o, "scopes").map(scope),
		until: until === void 0 ? void 0 : Date.parse(until)
	};
}
function parseTeams(answer) {
	return array(answer["teams"], "teams").map((item) => {
		const o = object(item, "team");
		return {
			id: string(o, "id"),
			name: words(o, "name") ?? "",
			couriers: Number(o["couriers"] ?? 0)
		};
	});
}
function parseDetail(answer) {
	try {
		return words(object(json(answer), "answer"), "detail") ?? "";
	} catch {
		return "";
	}
}
function scope(item) {
	const o = object(item, "scope");
	return {
		kind: one(kinds$2, string(o, "kind")),
		name: words(o, "name") ?? ""
	};
}
function one(known, word) {
	const found = known.find((each) => each === word);
	if (found === void 0) throw new Error(`unknown word ${word} (want one of ${known.join(", ")})`);
	return found;
}
// src/root.ts
var bundle = import.meta.url;
var root = new URL(".", bundle).href;
function at(path) {
	return root + path;
}
// src/request.ts
var patience$1 = 3e4;
function request$1(path, token, method = "GET", body, more) {
	const headers = {
		...more,
		...token !== void 0 && { Authorization: `Bearer ${token}` }
	};
	if (body !== void 0) headers["Content-Type"] = "application/json";
	const sent = body === void 0 ? {} : { body: JSON.stringify(body) };
	return fetch(at(`api/v1/${path}`), {
		method,
		headers,
		cache: "no-store",
		signal: AbortSignal.timeout(patience$1),
		...sent
	});
}
// src/session.ts
var tokenForm = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
var tokenKey = "peyk.token";
var languageKey = "peyk.language";
var shadeKey = "peyk.shade";
function takeTokenFromAddress() {
	const rest = location.hash.slice(1).split("&");
	const found = rest.find((item) => item.startsWith("token="));
	if (found === void 0) return void 0;
	const kept = rest.filter((item) => item !== found).join("&");
	history.replaceState(history.state, "", location.pathname + location.search + (kept && `#${kept}`));
	return new URLSearchParams(found).get("token") ?? "";
}
function token() {
	return sessionStorage.getItem(tokenKey) ?? localStorage.getItem(tokenKey) ?? void 0;
}
function couldBe(text) {
	return tokenForm.test(text.trim());
}
function keepToken(text, forLong) {
	forgetToken();
	if (couldBe(text)) (forLong ? localStorage : sessionStorage).setItem(tokenKey, text.trim());
}
function isForLong() {
	return localStorage.getItem(tokenKey) !== null;
}
function wayIn(login) {
	const url = new URL(login, document.baseURI);
	url.searchParams.set("next", url.origin === location.origin ? location.href.slice(location.origin.length) : location.href);
	return url.href;
}
function forgetToken() {
	sessionStorage.removeItem(tokenKey);
	localStorage.removeItem(tokenKey);
}
function language$1() {
	const saved = localStorage.getItem(languageKey);
	if (saved === "en" || saved === "fa") return saved;
	return navigator.language.startsWith("fa") ? "fa" : "en";
}
function keepLanguage(chosen) {
	localStorage.setItem(languageKey, chosen);
}
function shade$1() {
	const saved = localStorage.getItem(shadeKey);
	return saved === "light" || saved === "dark" ? saved : "system";
}
function keepShade(chosen) {
	localStorage.setItem(shadeKey, chosen);
}
// src/orders.ts
var orderStates = [
	"created",
	"assigned",
	"picked_up",
	"delivered",
	"cancelled",
	"failed"
];
function hasEnded(state) {
	return state === "delivered" || state === "cancelled" || state === "failed";
}
function parseTracked(value) {
	const o = object(value, "order");
	if (o["state"] === "unknown") return "unknown";
	return {
		id: words(o, "id") ?? "",
		state: stateOf(o),
		destination: spotted(o["destination"]),
		promised: known$1(o, "promised"),
		ended: known$1(o, "ended"),
		eta: eta(o["eta"]),
		stops: known$1(o, "stops"),
		code: words(o, "code") ?? "",
		shopPhone: words(o, "shop_phone") ?? "",
		phone: words(o, "phone") ?? "",
		courier: seen$2(o["courier"])
	};
}
function placeOf$1(value) {
	return some$1(value, "place", (o) => {
		const [lat, lon] = [known$1(o, "latitude"), known$1(o, "longitude")];
		return {
			spot: lat === void 0 || lon === void 0 ? void 0 : {
				lat,
				lon
			},
			address: words(o, "address") ?? ""
		};
	});
}
function moment$1(o, key) {
	const text = words(o, key);
	return text === void 0 ? void 0 : Date.parse(text);
}
function some$1(value, what, make) {
	return value === void 0 || value === null ? void 0 : make(object(value, what));
}
function stateOf(o) {
	const said = string(o, "state");
	const found = orderStates.find((each) => each === said);
	if (!found) throw new WireError(`a state that we do not know: ${said}`);
	return found;
}
function spotted(value) {
	if (value === void 0 || value === null) return void 0;
	const [lat, lon, address] = array(value, "place");
	return {
		spot: typeof lat === "number" && typeof lon === "number" ? {
			lat,
			lon
		} : void 0,
		address: typeof address === "string" ? address : ""
	};
}
function eta(value) {
	if (value === void 0 || value === null) return void 0;
	const [least, most] = array(value, "eta");
	return {
		least: numberItem(least),
		most: numberItem(most)
	};
}
function seen$2(value) {
	return some$1(value, "courier", (o) => {
		const [lat, lon] = array(o["at"], "at");
		return {
			lat: numberItem(lat),
			lon: numberItem(lon),
			name: words(o, "name") ?? "",
			exact: flag(o, "exact"),
			stamp: number(o, "time")
		};
	});
}
// src/wire.ts
var kinds$1 = [
	"builtin",
	"style",
	"raster",
	"pmtiles"
];
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
			parts: list(o, "parts").map(watched),
			more: flag(o, "more")
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
		case "right": return {
			type: "right",
			until: number(o, "until")
		};
		case "error": return {
			type: "error",
			error: string(o, "error"),
			detail: string(o, "detail")
		};
		default: return;
	}
}
function tell(token) {
	return JSON.stringify({
		type: "token",
		token
	});
}
function watch(have, view = { all: true }) {
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
function parseConfig(text) {
	const o = object(json(text), "config");
	const kind = kinds$1.find((each) => each === string(o, "kind"));
	if (!kind) throw new WireError(`a kind of map that we do not know: ${string(o, "kind")}`);
	const [style, dark, attribution] = [
		string(o, "style"),
		string(o, "dark"),
		string(o, "attribution")
	];
	return {
		kind,
		style,
		dark,
		attribution,
		city: flag(o, "city"),
		timezone: words(o, "timezone") ?? "",
		login: words(o, "login") ?? "",
		shop: shop(object(o["shop"] ?? {}, "shop"))
	};
}
function shop(o) {
	const color = words(o, "color") ?? "";
	return {
		name: words(o, "name") ?? "",
		color: /^#[0-9a-f]{6}$/i.test(color) ? color : "",
		logo: words(o, "logo") ?? ""
	};
}
function parseDetails(answer) {
	const o = object(json(answer), "courier");
	const position = object(o["position"] ?? {}, "position");
	const time = words(position, "time");
	return {
		stamp: (known$1(position, "stamp") ?? 0) / 1e3,
		time: time === void 0 ? void 0 : Date.parse(time),
		accuracy: known$1(position, "accuracy"),
		altitude: known$1(position, "altitude"),
		battery: known$1(position, "battery"),
		phone: words(o, "phone"),
		vehicle: words(o, "vehicle")
	};
}
function watched(item) {
	const a = array(item, "part");
	return {
		number: numberItem(a[0]),
		part: textItem(a[1])
	};
}
function frame(o) {
	const to = number(o, "to");
	const span = o["span"] === void 0 ? 0 : number(o, "span");
	return {
		type: "frame",
		part: number(o, "part"),
		from: span > 0 ? to - span : 0,
		to,
		full: flag(o, "full"),
		more: flag(o, "more"),
		left: list(o, "left").map((item) => numberItem(item)),
		introduced: list(o, "new").map(introduction),
		at: list(o, "at").map((item) => fix(item, to)),
		cells: list(o, "cells").map(cell),
		order: o["order"] === void 0 ? void 0 : parseTracked(o["order"])
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
		stamp: to - numberItem(a[5]),
		interval: interval === null ? null : interval * 1e3
	};
	return {
		number: numberItem(a[0]),
		position
	};
}
function cell(item) {
	const a = array(item, "cell");
	const [index, count] = [numberItem(a[0]), numberItem(a[1])];
	return {
		index,
		cell: count === 0 ? void 0 : {
			count,
			lat: numberItem(a[2]),
			lon: numberItem(a[3])
		}
	};
}
function measure(value) {
	return value === null || value === void 0 ? null : numberItem(value);
}
// src/api.ts
var doubts = y$1(0);
async function ask(path, method = "GET", body, token$3 = token(), headers) {
	const answer = await request$1(path, token$3, method, body, headers);
	if (path !== "me" && (answer.status === 401 || answer.status === 403)) doubts.value++;
	return answer;
}
async function isGood(token) {
	try {
		return (await ask("me", "GET", void 0, token)).ok;
	} catch {
		return false;
	}
}
async function detailsOf(id) {
	try {
		const answer = await ask(`couriers/${encodeURIComponent(id)}`);
		return answer.ok ? parseDetails(await answer.text()) : void 0;
	} catch {
		return;
	}
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
function parts(color) {
	const value = Number.parseInt(color.slice(1), 16);
	return [
		(value >> 16) / 255,
		(value >> 8 & 255) / 255,
		(value & 255) / 255
	];
}
// src/look.ts
var language = y$1(language$1());
var timezone = y$1("");
var darkness = matchMedia("(prefers-color-scheme: dark)");
var systemIsDark = y$1(darkness.matches);
var shade = y$1(shade$1());
var isDark = O(() => shade.value === "system" ? systemIsDark.value : shade.value === "dark");
var theme = O(() => isDark.value ? dark : light);
function followSystem() {
	darkness.addEventListener("change", (event) => systemIsDark.value = event.matches);
}
function speak(chosen) {
	language.value = chosen;
	keepLanguage(chosen);
}
function dress(title, accent) {
	document.documentElement.lang = language.value;
	document.body.dir = language.value === "fa" ? "rtl" : "ltr";
	document.title = title;
	const { style } = document.documentElement;
	style.colorScheme = shade.value === "system" ? "light dark" : shade.value;
	for (const [name, color] of Object.entries(theme.value)) if (typeof color === "string") style.setProperty(`--${name}`, color);
	if (accent !== void 0) style.setProperty("--accent", accent);
}
var texts = {
	en: {
		title: "Peyk",
		panel: "Couriers",
		couriers: (n, one) => one ? `${n} courier` : `${n} couriers`,
		connecting: "Connecting…",
		live: "Live",
		quiet: "Quiet",
		now: "now",
		justNow: "just now",
		ago: (time) => `${time} ago`,
		lost: "Lost",
		asOf: (time) => `as of ${time}`,
		retryIn: (time) => `back in ${time}`,
		retrying: "trying again…",
		refused: "Refused",
		demoCity: "Demo city: streets and names are invented",
		fallback: "The map did not answer. This is the built-in one.",
		zoomIn: "Zoom in",
		zoomOut: "Zoom out",
		showAll: "Show all couriers",
		map: "Map of the couriers",
		close: "Close",
		motion: {
			moving: "Moving",
			stopped: "Stopped",
			silent: "Silent"
		},
		filters: {
			all: "All",
			moving: "Moving",
			stopped: "Stopped",
			silent: "Silent"
		},
		filter: "Show only",
		search: "Search couriers",
		searchHint: "Name, username or id",
		clearSearch: "Clear the search",
		noResult: (query) => `Nobody matches “${query}”`,
		noneSuch: {
			all: "Nobody is here",
			moving: "Nobody is moving",
			stopped: "Nobody has stopped",
			silent: "Nobody is silent"
		},
		showEverybody: "Show everybody",
		loading: "Loading couriers…",
		list: "List of couriers",
		fold: "Fold the panel away",
		unfold: "Show the panel",
		sheet: [
			"Panel: small",
			"Panel: half",
			"Panel: large"
		],
		cluster: (n) => `${n} couriers here: show them`,
		card: {
			id: "ID",
			position: "Position",
			heard: "Heard",
			speed: "Speed",
			heading: "Heading",
			accuracy: "Accuracy",
			altitude: "Altitude",
			battery: "Battery",
			measured: "Measured",
			every: "Reports every",
			username: "Username",
			team: "Team",
			phone: "Phone",
			vehicle: "Vehicle"
		},
		winds: [
			"north",
			"north-east",
			"east",
			"south-east",
			"south",
			"south-west",
			"west",
			"north-west"
		],
		kmh: "km/h",
		metres: "m",
		degrees: (n) => `${n}°`,
		follow: "Follow",
		following: "Following",
		copyPlace: "Copy the coordinates",
		copyLink: "Copy link",
		call: "Call",
		unknown: (id) => `No courier ${id}`,
		unknownWhy: "It has reported no position lately, or you may not see it.",
		menu: "Settings",
		language: "Language",
		who: "Your access",
		everybody: "Everybody: this server asks for no token",
		roles: {
			admin: "Admin",
			viewer: "Viewer",
			courier: "Courier",
			service: "Service",
			customer: "Customer"
		},
		actions: {
			watch: "sees",
			publish: "reports positions",
			manage: "manages"
		},
		right: {
			role: "Role",
			may: "May do",
			whom: "Whom",
			until: "Until"
		},
		unlimited: "no end",
		scopes: {
			all: "all couriers",
			team: (names, one) => one ? `team ${names}` : `teams ${names}`,
			courier: (names, one) => one ? `courier ${names}` : `couriers ${names}`,
			order: (names, one) => one ? `order ${names}` : `orders ${names}`,
			nobody: "nobody",
			more: (n) => `${n} more`
		},
		renew: "Give a new token",
		renewWhy: "Paste it here, or open the new link in this tab.",
		endsSoon: "Your access is about to end",
		endsIn: (time) => `in ${time}`,
		goOn: "Go on",
		later: "Later",
		orders: "Orders",
		manage: "Manage couriers, teams and keys",
		edit: "Edit",
		shade: "Colours",
		shades: {
			system: "System",
			light: "Light",
			dark: "Dark"
		},
		leave: "Log out",
		keys: "Keyboard",
		keyList: [
			["/", "search"],
			["↑ ↓", "through the list"],
			["Enter", "fly to the courier"],
			["f", "follow, or stop following"],
			["Esc", "back"],
			["?", "this list"]
		],
		empty: "No courier yet",
		sendFirst: "Send the first position:",
		copy: "Copy",
		copied: "Copied",
		withToken: "The copied line holds your token.",
		needToken: "This Peyk wants a token",
		needTokenWhy: "Open the link that the server printed at its first start, or paste the token.",
		logIn: "Log in",
		needLogIn: "This Peyk wants to know who you are",
		needLogInWhy: "Log in at your shop, or paste a token.",
		wrongToken: "This token is not, or no longer, good. Ask for a new link, or paste another one.",
		badToken: "This token is not good. You are still logged in with the one before.",
		ended: {
			expired: "Your access has ended",
			revoked: "Your access was withdrawn",
			expiredAt: (time) => `It was good until ${time}. Log in again with a new link or a new token.`,
			expiredWhy: "Its time is over. Log in again with a new link or a new token.",
			revokedWhy: "An admin has changed or withdrawn it. Ask for a new link, or paste a new token."
		},
		barred: {
			title: (role) => `You are logged in as: ${role}`,
			courier: "Here dispatchers watch the map. Your positions come from the app on your phone; on this page there is nothing for you to do.",
			service: "Here people watch the map. This key is for programs that report positions; it shows nothing.",
			customer: "Here the shop watches its couriers. Your own delivery is on the link that the shop sent you.",
			other: "Do you have the token of an admin or a viewer? Paste it."
		},
		token: "Token",
		keepToken: "Stay logged in on this device",
		enter: "Open the map",
		noWebGL: "This browser cannot draw the map: it has no WebGL 2.",
		noPart: "This part of the page did not load.",
		again: "Try again"
	},
	fa: {
		title: "پیک",
		panel: "پیک‌ها",
		couriers: (n) => `${n} پیک`,
		connecting: "در حال اتصال…",
		live: "زنده",
		quiet: "بی‌خبر",
		now: "اکنون",
		justNow: "همین حالا",
		ago: (time) => `${time} پیش`,
		lost: "ارتباط قطع شد",
		asOf: (time) => `تصویرِ ${time}`,
		retryIn: (time) => `تلاش دوباره تا ${time} دیگر`,
		retrying: "تلاش دوباره…",
		refused: "پذیرفته نشد",
		demoCity: "شهر نمایشی: خیابان‌ها و نام‌ها ساختگی‌اند",
		fallback: "نقشه پاسخ نداد؛ این نقشهٔ همراه برنامه است.",
		zoomIn: "بزرگ‌نمایی",
		zoomOut: "کوچک‌نمایی",
		showAll: "نمایش همهٔ پیک‌ها",
		map: "نقشهٔ پیک‌ها",
		close: "بستن",
		motion: {
			moving: "در حرکت",
			stopped: "ایستاده",
			silent: "خاموش"
		},
		filters: {
			all: "همه",
			moving: "در حرکت",
			stopped: "ایستاده",
			silent: "خاموش"
		},
		filter: "نمایش",
		search: "جست‌وجوی پیک",
		searchHint: "نام، نام کاربری یا شناسه",
		clearSearch: "پاک کردن جست‌وجو",
		noResult: (query) => `کسی با «${query}» پیدا نشد`,
		noneSuch: {
			all: "کسی اینجا نیست",
			moving: "کسی در حرکت نیست",
			stopped: "کسی نایستاده است",
			silent: "کسی خاموش نیست"
		},
		showEverybody: "نمایش همه",
		loading: "در حال دریافت پیک‌ها…",
		list: "فهرست پیک‌ها",
		fold: "بستن پنل",
		unfold: "باز کردن پنل",
		sheet: [
			"پنل: کوچک",
			"پنل: نیمه",
			"پنل: بزرگ"
		],
		cluster: (n) => `${n} پیک اینجاست: نمایش آن‌ها`,
		card: {
			id: "شناسه",
			position: "موقعیت",
			heard: "آخرین خبر",
			speed: "سرعت",
			heading: "جهت",
			accuracy: "دقت",
			altitude: "ارتفاع",
			battery: "باتری",
			measured: "زمان اندازه‌گیری",
			every: "گزارش هر",
			username: "نام کاربری",
			team: "گروه",
			phone: "تلفن",
			vehicle: "وسیله"
		},
		winds: [
			"شمال",
			"شمال شرقی",
			"شرق",
			"جنوب شرقی",
			"جنوب",
			"جنوب غربی",
			"غرب",
			"شمال غربی"
		],
		kmh: "کیلومتر/ساعت",
		metres: "متر",
		degrees: (n) => `${n} درجه`,
		follow: "دنبال کردن",
		following: "در حال دنبال کردن",
		copyPlace: "کپی مختصات",
		copyLink: "کپی لینک",
		call: "تماس",
		unknown: (id) => `پیکی با شناسهٔ ${id} نیست`,
		unknownWhy: "مدتی است موقعیتی نفرستاده است، یا شما اجازهٔ دیدن آن را ندارید.",
		menu: "تنظیمات",
		language: "زبان",
		who: "دسترسی شما",
		everybody: "همه: این سرور توکن نمی‌خواهد",
		roles: {
			admin: "مدیر",
			viewer: "بیننده",
			courier: "پیک",
			service: "سرویس",
			customer: "مشتری"
		},
		actions: {
			watch: "دیدن",
			publish: "گزارش موقعیت",
			manage: "مدیریت"
		},
		right: {
			role: "نقش",
			may: "اجازهٔ",
			whom: "چه کسانی",
			until: "تا"
		},
		unlimited: "بی‌پایان",
		scopes: {
			all: "همهٔ پیک‌ها",
			team: (names, one) => one ? `گروه ${names}` : `گروه‌های ${names}`,
			courier: (names, one) => one ? `پیک ${names}` : `پیک‌های ${names}`,
			order: (names, one) => one ? `سفارش ${names}` : `سفارش‌های ${names}`,
			nobody: "هیچ‌کس",
			more: (n) => `${n} مورد دیگر`
		},
		renew: "توکن تازه",
		renewWhy: "توکن را اینجا بگذارید، یا لینک تازه را در همین برگه باز کنید.",
		endsSoon: "دسترسی شما رو به پایان است",
		endsIn: (time) => `تا ${time} دیگر`,
		goOn: "ادامه",
		later: "بعداً",
		orders: "سفارش‌ها",
		manage: "مدیریت پیک‌ها، گروه‌ها و کلیدها",
		edit: "ویرایش",
		shade: "رنگ‌ها",
		shades: {
			system: "سیستم",
			light: "روشن",
			dark: "تیره"
		},
		leave: "خروج",
		keys: "صفحه‌کلید",
		keyList: [
			["/", "جست‌وجو"],
			["↑ ↓", "حرکت در فهرست"],
			["Enter", "پرواز به سوی پیک"],
			["f", "دنبال کردن یا نکردن"],
			["Esc", "بازگشت"],
			["?", "همین راهنما"]
		],
		empty: "هنوز پیکی نیست",
		sendFirst: "نخستین موقعیت را بفرستید:",
		copy: "کپی",
		copied: "کپی شد",
		withToken: "در متن کپی‌شده، توکن شما هم هست.",
		needToken: "ورود به پیک توکن می‌خواهد",
		needTokenWhy: "لینکی را که سرور در نخستین اجرا چاپ کرد باز کنید، یا توکن را اینجا بگذارید.",
		logIn: "ورود",
		needLogIn: "پیک می‌خواهد بداند شما کیستید",
		needLogInWhy: "در فروشگاه خود وارد شوید، یا توکن را اینجا بگذارید.",
		wrongToken: "این توکن معتبر نیست. لینک تازه بخواهید، یا توکن دیگری بگذارید.",
		badToken: "این توکن معتبر نیست. با توکن پیشین همچنان وارد هستید.",
		ended: {
			expired: "دسترسی شما پایان یافت",
			revoked: "دسترسی شما پس گرفته شد",
			expiredAt: (time) => `تا ${time} اعتبار داشت. با لینک یا توکن تازه دوباره وارد شوید.`,
			expiredWhy: "زمان آن گذشته است. با لینک یا توکن تازه دوباره وارد شوید.",
			revokedWhy: "مدیری آن را تغییر داده یا باطل کرده است. لینک تازه بخواهید، یا توکن تازه بگذارید."
		},
		barred: {
			title: (role) => `شما با نقشِ «${role}» وارد شده‌اید`,
			courier: "اینجا صفحهٔ کسانی است که نقشه را می‌بینند. موقعیت شما را برنامهٔ روی گوشی می‌فرستد؛ در این صفحه کاری ندارید.",
			service: "اینجا صفحهٔ کسانی است که نقشه را می‌بینند. این کلید برای برنامه‌هایی است که موقعیت گزارش می‌کنند و چیزی نشان نمی‌دهد.",
			customer: "اینجا فروشگاه پیک‌هایش را می‌بیند. سفارش خود را با لینکی که فروشگاه برایتان فرستاده است ببینید.",
			other: "توکن مدیر یا بیننده دارید؟ آن را اینجا بگذارید."
		},
		token: "توکن",
		keepToken: "در این دستگاه وارد بمانم",
		enter: "نمایش نقشه",
		noWebGL: "این مرورگر نمی‌تواند نقشه را بکشد: WebGL 2 ندارد.",
		noPart: "این بخش از صفحه بارگیری نشد.",
		again: "تلاش دوباره"
	}
};
var languages = {
	en: "English",
	fa: "فارسی"
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
var formats = /* @__PURE__ */ new Map();
function digits$1(n, language, options = {}) {
	const key = `${language} ${JSON.stringify(options)}`;
	let format = formats.get(key);
	if (!format) formats.set(key, format = new Intl.NumberFormat(locales[language], options));
	return format.format(n);
}
function age(milliseconds, language) {
	const seconds = Math.max(0, Math.round(milliseconds / 1e3));
	const unit = units[language];
	if (seconds < 60) return `${digits$1(seconds, language)} ${unit.s}`;
	if (seconds < 3600) return `${digits$1(Math.floor(seconds / 60), language)} ${unit.min}`;
	if (seconds < 86400) return `${digits$1(Math.floor(seconds / 3600), language)} ${unit.h}`;
	return `${digits$1(Math.floor(seconds / 86400), language)} ${unit.d}`;
}
function joined(items, language) {
	return new Intl.ListFormat(locales[language]).format(items.map((item) => `\u2068${item}\u2069`));
}
function date(milliseconds, language, timezone) {
	return moment(milliseconds, language, timezone, {
		dateStyle: "medium",
		timeStyle: "short"
	});
}
function exact(milliseconds, language, timezone) {
	return moment(milliseconds, language, timezone, {
		dateStyle: "medium",
		timeStyle: "medium"
	});
}
function timeOfDay(milliseconds, language, timezone) {
	return moment(milliseconds, language, timezone, { timeStyle: "medium" });
}
function hourAndMinute(milliseconds, language, timezone) {
	return moment(milliseconds, language, timezone, { timeStyle: "short" });
}
function moment(milliseconds, language, timezone, style) {
	const zone = known(timezone) ? { timeZone: timezone } : {};
	return new Intl.DateTimeFormat(locales[language], {
		...style,
		...zone
	}).format(milliseconds);
}
function known(timezone) {
	if (timezone === "") return false;
	try {
		new Intl.DateTimeFormat("en", { timeZone: timezone }).format();
		return true;
	} catch {
		return false;
	}
}
function coordinates(lat, lon, language) {
	const five = {
		minimumFractionDigits: 5,
		maximumFractionDigits: 5
	};
	return `${digits$1(lat, language, five)}${language === "fa" ? "،" : ","} ${digits$1(lon, language, five)}`;
}
function wind(heading, language) {
	return texts[language].winds[Math.round(heading / 45) % 8] ?? "";
}
// src/right.ts
var few$2 = 5;
function deeds(actions, language) {
	return joined(actions.map((action) => texts[language].actions[action]), language);
}
function whom(scopes, teams, language) {
	const t = texts[language].scopes;
	if (scopes.some(({ kind }) => kind === "all")) return t.all;
	const said = [
		"team",
		"courier",
		"order"
	].flatMap((kind) => {
		const names = scopes.filter((scope) => scope.kind === kind).map(({ name }) => kind === "team" ? teams.get(name) ?? name : name);
		return names.length > 0 ? [t[kind](some(names, language), names.length === 1)] : [];
	});
	return said.length > 0 ? joined(said, language) : t.nobody;
}
function everybody(scopes) {
	return scopes.some(({ kind }) => kind === "all");
}
function some(names, language) {
	if (names.length <= few$2) return joined(names, language);
	const rest = texts[language].scopes.more(digits$1(names.length - few$2 + 1, language));
	return joined([...names.slice(0, 4), rest], language);
}
// src/page.ts
var page_exports = /* @__PURE__ */ __exportAll({
	asOf: () => asOf,
	badToken: () => badToken,
	bringer: () => bringer,
	city: () => city$1,
	connection: () => connection,
	count: () => count,
	cursor: () => cursor,
	details: () => details,
	entries: () => entries,
	expiry: () => expiry,
	filter: () => filter,
	folded: () => folded,
	followBrowser: () => followBrowser,
	following: () => following,
	ground: () => ground,
	heard: () => heard,
	helping: () => helping,
	inStep: () => inStep,
	language: () => language,
	listing: () => listing,
	loaded: () => loaded,
	login: () => login,
	managesAll: () => managesAll,
	mayManage: () => mayManage,
	narrow: () => narrow,
	now: () => now,
	place: () => place$1,
	query: () => query,
	selected: () => selected,
	selectedId: () => selectedId,
	shade: () => shade,
	sheet: () => sheet,
	teams: () => teams,
	text: () => text,
	theme: () => theme,
	timezone: () => timezone,
	who: () => who
});
var text = O(() => texts[language.value]);
var login = y$1("");
var connection = y$1({ state: "connecting" });
var heard = y$1(0);
var inStep = y$1(false);
var loaded = y$1(false);
var count = y$1(0);
var asOf = y$1(void 0);
var query = y$1("");
var filter = y$1("all");
var listing = y$1({
	rows: [],
	counts: {
		all: 0,
		moving: 0,
		stopped: 0,
		silent: 0
	}
});
var cursor = y$1(void 0);
var selectedId = y$1(void 0);
var selected = y$1(void 0);
var details = y$1(void 0);
var following = y$1(false);
var bringer = y$1(void 0);
var who = y$1(void 0);
var mayManage = O(() => connection.value.state !== "refused" && who.value?.actions.includes("manage") === true);
var managesAll = O(() => mayManage.value && everybody(who.value.scopes));
var teams = y$1(/* @__PURE__ */ new Map());
var badToken = y$1(false);
var expiry = y$1(void 0);
var place$1 = y$1(void 0);
var entries = y$1(0);
var ground = y$1("waiting");
var city$1 = y$1(false);
var narrowness = matchMedia("(max-width: 640px)");
var narrow = y$1(narrowness.matches);
var folded = y$1(false);
var sheet = y$1(0);
var helping = y$1(false);
var now = y$1({
	monotonic: performance.now(),
	server: void 0
});
function followBrowser() {
	followSystem();
	narrowness.addEventListener("change", (event) => narrow.value = event.matches);
}
// src/access.ts
var often = 6e4;
var seldom = 5e3;
var grace = 2e3;
async function learn() {
	const token$2 = token();
	try {
		const answer = await ask("me");
		const text = await answer.text();
		if (token() !== token$2) return "unreachable";
		if (answer.status === 401 || answer.status === 403) return /expired/.test(parseDetail(text)) ? "expired" : lost(token$2);
		if (!answer.ok) return "unreachable";
		const me = parseMe(text);
		who.value = {
			...me,
			ends: endOf(me, answer),
			token: token$2
		};
		return me.role === "admin" || me.role === "viewer" ? "welcome" : "barred";
	} catch {
		return "unreachable";
	}
}
function lost(token) {
	const who$1 = who.peek();
	if (!who$1 || who$1.token !== token) return "unknown";
	return who$1.ends !== void 0 && performance.now() > who$1.ends - grace ? "expired" : "revoked";
}
function endOf({ until }, answer) {
	const date = Date.parse(answer.headers.get("Date") ?? "");
	return until === void 0 ? void 0 : performance.now() + until - (Number.isNaN(date) ? Date.now() : date);
}
async function learnTeams() {
	try {
		const answer = await ask("teams");
		if (!answer.ok) return;
		nameTeams(parseTeams(object(json(await answer.text()), "teams")));
	} catch {}
}
function nameTeams(teams$1) {
	teams.value = new Map(teams$1.map(({ id, name }) => [id, name || id]));
}
var Access = class {
	stream;
	asked = -Infinity;
	asking;
	constructor(stream) {
		this.stream = stream;
		doubts.subscribe((times) => times > 0 && this.suspect());
		connection.subscribe(({ state }) => {
			if (state === "live") this.look();
			if (state === "refused") this.forget();
		});
	}
	look() {
		this.asking ??= this.ask().finally(() => this.asking = void 0);
		return this.asking;
	}
	tick() {
		if (connection.peek().state === "refused") return;
		const now = performance.now();
		const ends = who.peek()?.ends;
		if (ends !== void 0 && now > ends + grace) this.stream.end("expired");
		else if (now - this.asked > often) this.look();
	}
	async enter(token, forLong = isForLong()) {
		badToken.value = !couldBe(token);
		if (badToken.peek()) return;
		const reply = await this.stream.offer(token.trim());
		if (reply === "bad" && !await isGood(token.trim())) {
			badToken.value = true;
			return;
		}
		keepToken(token, forLong);
		entries.value++;
		if (reply !== "taken") this.stream.open();
		await this.asking;
		await this.look();
	}
	leave() {
		forgetToken();
		this.stream.end("unknown");
		this.stream.open();
	}
	suspect() {
		const now = performance.now();
		if (now - this.asked > seldom) this.look();
		else this.asked = now - often + seldom;
	}
	async ask() {
		this.asked = performance.now();
		const standing = await learn();
		if (standing === "welcome") await learnTeams();
		else if (standing !== "unreachable") this.stream.end(standing);
	}
	forget() {
		const connection$2 = connection.peek();
		const why = connection$2.state === "refused" ? connection$2.why : void 0;
		expiry.value = why === "expired" ? who.peek()?.until : void 0;
		teams.value = /* @__PURE__ */ new Map();
		if (why !== "barred") who.value = void 0;
	}
};
// src/address.ts
var views = [
	"couriers",
	"import",
	"teams",
	"keys",
	"orders"
];
function readAddress(hash) {
	const found = new URLSearchParams(hash.replace(/^#/, "").replaceAll("+", "%2B"));
	return {
		view: viewOf(found.get("map")),
		courier: found.get("courier") || void 0,
		place: placeOf(found.get("manage"))
	};
}
function writeAddress({ view: at, courier, place }) {
	const said = [];
	if (at) said.push(`map=${Number(at.zoom.toFixed(2))}/${at.lat.toFixed(5)}/${at.lon.toFixed(5)}`);
	if (courier !== void 0) said.push(`courier=${encodeURIComponent(courier)}`);
	if (place) said.push(`manage=${place.view}${place.id === void 0 ? "" : `/${encodeURIComponent(place.id)}`}`);
	return said.length > 0 ? `#${said.join("&")}` : "";
}
function viewOf(text) {
	const numbers = text?.split("/").map(Number) ?? [];
	const [zoom = NaN, lat = NaN, lon = NaN] = numbers;
	return numbers.length === 3 && zoom >= 0 && zoom <= 24 && Math.abs(lat) <= 90 && Math.abs(lon) <= 540 ? {
		zoom,
		lat,
		lon
	} : void 0;
}
function placeOf(text) {
	const [name, ...rest] = text?.split("/") ?? [];
	const view = views.find((each) => each === name);
	return view && {
		view,
		id: rest.length > 0 ? rest.join("/") : void 0
	};
}
// src/bearings.ts
var pause$3 = 300;
var Bearings = class {
	camera;
	timer;
	sought;
	constructor(camera) {
		this.camera = camera;
		selectedId.subscribe(() => this.write());
		x(() => {
			if (selected.value?.id === this.sought) this.arrive();
		});
	}
	read() {
		const { view, courier, place } = readAddress(location.hash);
		this.turn(place);
		if (view) this.camera()?.look(view);
		if (courier === selectedId.peek()) return;
		following.value = false;
		cursor.value = courier;
		selectedId.value = courier;
		this.sought = view ? void 0 : courier;
		this.arrive();
	}
	write() {
		this.timer ??= setTimeout(() => this.writeNow(), pause$3);
	}
	open(place) {
		this.writeNow();
		if (this.turn(place)) history.pushState(history.state, "", location.pathname + location.search + this.hash());
	}
	writeNow() {
		clearTimeout(this.timer);
		this.timer = void 0;
		if (!this.camera()) return;
		const hash = this.hash();
		if (hash !== location.hash) history.replaceState(history.state, "", location.pathname + location.search + hash);
	}
	turn(place) {
		const { view, id } = {
			view: void 0,
			id: void 0,
			...place$1.peek()
		};
		if (view === place?.view && id === place?.id) return false;
		place$1.value = place;
		return true;
	}
	hash() {
		const camera = this.camera();
		return writeAddress({
			view: camera?.placed ? camera.view : readAddress(location.hash).view,
			courier: selectedId.peek(),
			place: place$1.peek()
		});
	}
	select(id) {
		this.choose(id);
		if (narrow.peek() && sheet.peek() !== 1) sheet.value = 1;
		this.sought = id;
		this.arrive();
	}
	pick(id) {
		if (id === void 0) return this.deselect();
		this.choose(id);
		const position = selected.peek()?.position;
		if (position) this.camera()?.reveal(position);
	}
	choose(id) {
		if (id !== selectedId.peek()) following.value = false;
		cursor.value = id;
		selectedId.value = id;
		if (narrow.peek() && sheet.peek() === 0) sheet.value = 1;
	}
	deselect() {
		following.value = false;
		cursor.value = void 0;
		selectedId.value = void 0;
	}
	follow(follow) {
		const position = selected.peek()?.position;
		following.value = follow && position !== void 0;
		if (following.peek() && position) this.camera()?.fly(position);
	}
	arrive() {
		const position = selected.peek()?.position;
		const camera = this.camera();
		if (this.sought === void 0 || selected.peek()?.id !== this.sought || !position || !camera) return;
		this.sought = void 0;
		camera.fly(position);
	}
};
// src/details.ts
var pause$2 = 5e3;
var Asker = class {
	ask;
	asked;
	constructor(ask) {
		this.ask = ask;
	}
	async look(at) {
		const id = selectedId.peek();
		const position = selected.peek()?.position;
		if (id === void 0 || !position) return;
		const has = details.peek();
		if (has?.id === id && has.known.stamp >= position.stamp) return;
		if (this.asked?.id === id && at - this.asked.at < pause$2) return;
		this.asked = {
			id,
			at
		};
		const known = await this.ask(id);
		if (known && selectedId.peek() === id) details.value = {
			id,
			known
		};
	}
};
// src/hook.ts
function offerHook(picture, map) {
	window.peyk = {
		connection: () => connection.peek().state,
		ground: () => ground.peek(),
		settled: () => map?.settled ?? false,
		ids: () => [...picture.couriers.keys()],
		count: () => picture.couriers.size,
		remembered: () => listing.peek().rows.length + [selected.peek(), details.peek()].filter((each) => each !== void 0).length,
		version: () => Math.max(0, ...picture.have()?.versions.values() ?? []),
		drawn: () => map?.drawn ?? 0,
		project: (id) => map?.project(id),
		target: (id) => {
			const position = picture.couriers.get(id)?.position;
			return position && map?.projectPlace(position.lat, position.lon);
		},
		discs: () => map?.discs ?? [],
		place: (lat, lon) => map?.projectPlace(lat, lon) ?? {
			x: NaN,
			y: NaN
		}
	};
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
// src/rows.tsx
var spare = 4;
function Rows({ id, label, height: each, count, at, reveal, press, near, draw }) {
	const box = T(null);
	const top = useSignal(0);
	const height = useHeight(box, at, each);
	F$1(() => {
		if (reveal !== void 0 && at >= 0) show(box.current, at * each, each);
	}, [reveal]);
	const first = Math.max(0, Math.floor(top.value / each) - spare);
	const last = Math.min(count, Math.ceil((top.value + height.value) / each) + spare);
	F$1(() => {
		if (last === count) near?.();
	}, [last, count]);
	const shown = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
	if (at >= 0 && at < count && (at < first || at >= last)) shown.push(at);
	return /* @__PURE__ */ a("div", {
		id,
		ref: box,
		class: "rows",
		role: "listbox",
		tabIndex: 0,
		"aria-label": label,
		"aria-activedescendant": at < 0 ? void 0 : rowId(at),
		onScroll: (event) => top.value = event.currentTarget.scrollTop,
		onKeyDown: press,
		children: /* @__PURE__ */ a("div", {
			role: "presentation",
			style: { height: `${count * each}px` },
			children: shown.map((index) => draw(index, rowProps(index, count, each)))
		})
	});
}
function useHeight(box, at, each) {
	const height = useSignal(600);
	const row = T(at);
	row.current = at;
	F$1(() => {
		const observer = new ResizeObserver(([entry]) => {
			const stays = row.current >= 0 && seen$1(box.current, height.peek(), row.current * each, each);
			height.value = entry?.contentRect.height ?? 0;
			if (stays) show(box.current, row.current * each, each);
		});
		observer.observe(box.current);
		return () => observer.disconnect();
	}, []);
	return height;
}
function rowId(index) {
	return `row-${index}`;
}
function rowProps(index, count, each) {
	return {
		id: rowId(index),
		role: "option",
		"aria-setsize": count,
		"aria-posinset": index + 1,
		style: { transform: `translateY(${index * each}px)` }
	};
}
function seen$1({ scrollTop }, boxHeight, top, height) {
	return top > scrollTop - 1 && top + height < scrollTop + boxHeight + 1;
}
function show(box, top, height) {
	if (top < box.scrollTop) box.scrollTop = top;
	else if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
}
// src/cursor.ts
var page = 8;
function position() {
	const id = cursor.value ?? selectedId.value;
	return id === void 0 ? -1 : listing.value.rows.findIndex((row) => row.id === id);
}
function optionId() {
	const at = position();
	return at < 0 ? void 0 : rowId(at);
}
function step$1(event, actions) {
	const { rows } = listing.peek();
	const at = position();
	const to = {
		ArrowDown: at + 1,
		ArrowUp: at < 0 ? rows.length - 1 : at - 1,
		PageDown: at + page,
		PageUp: at - page
	}[event.key];
	if (to !== void 0) {
		event.preventDefault();
		event.stopPropagation();
		cursor.value = rows[Math.max(0, Math.min(rows.length - 1, to))]?.id;
	} else if (event.key === "Enter") {
		event.preventDefault();
		const row = rows[Math.max(0, at)];
		if (row) actions.select(row.id);
	}
}
// src/keys.ts
function listenToKeys(actions, closeFan) {
	document.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || helping.peek()) return;
		if (event.key === "Escape") back(actions, closeFan);
		else if (!typing(event.target)) press(event, actions);
	});
}
function press(event, actions) {
	if (event.key === "/") {
		event.preventDefault();
		toSearch();
	} else if (event.key === "?" || event.key === "؟") helping.value = true;
	else if (place$1.peek() !== void 0) return;
	else if (event.key === "f" || event.code === "KeyF") actions.toggleFollow();
	else if (event.target === document.body) step$1(event, actions);
}
function toSearch() {
	folded.value = false;
	if (narrow.peek() && sheet.peek() === 0) sheet.value = 1;
	queueMicrotask(() => document.getElementById("search")?.focus());
}
function back(actions, closeFan) {
	if (document.querySelector(":popover-open, dialog[open]") || closeFan()) return;
	if (place$1.peek()) leave(actions);
	else if (selectedId.peek() !== void 0) actions.deselect();
	else if (query.peek() !== "") query.value = "";
	else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
	cursor.value = void 0;
}
function leave(actions) {
	const { view, id } = place$1.peek();
	const at = document.activeElement;
	if (at instanceof HTMLInputElement || at instanceof HTMLSelectElement) at.blur();
	else if (id !== void 0) actions.open({
		view,
		id: void 0
	});
	else actions.open(view === "import" ? {
		view: "couriers",
		id: void 0
	} : void 0);
}
function typing(target) {
	return target instanceof HTMLInputElement && target.type !== "radio" && target.type !== "checkbox";
}
// src/schema.ts
var protomaps = {
	land: { layer: "earth" },
	water: {
		layer: "water",
		filter: [
			"==",
			["geometry-type"],
			"Polygon"
		]
	},
	green: [kinds("landuse", "park", "forest", "wood", "garden", "grass", "cemetery", "golf_course", "nature_reserve", "pitch")],
	building: { layer: "buildings" },
	border: kinds("boundaries", "country"),
	roads: {
		motorway: kinds("roads", "highway"),
		main: kinds("roads", "major_road", "medium_road"),
		street: kinds("roads", "minor_road"),
		alley: kinds("roads", "path", "other")
	},
	roadNames: {
		main: kinds("roads", "highway", "major_road", "medium_road"),
		street: kinds("roads", "minor_road")
	},
	places: {
		city: {
			layer: "places",
			filter: [
				"all",
				kindIs("locality"),
				[
					"match",
					detail(),
					[
						"city",
						"state_capital",
						"country_capital"
					],
					true,
					false
				]
			]
		},
		town: {
			layer: "places",
			filter: [
				"all",
				kindIs("locality"),
				[
					"match",
					detail(),
					[
						"city",
						"state_capital",
						"country_capital"
					],
					false,
					true
				]
			]
		},
		quarter: kinds("places", "neighbourhood", "macrohood")
	}
};
var openmaptiles = {
	land: void 0,
	water: { layer: "water" },
	green: [
		classes("landcover", "grass", "wood"),
		classes("landuse", "cemetery", "pitch"),
		{ layer: "park" }
	],
	building: { layer: "building" },
	border: {
		layer: "boundary",
		filter: [
			"all",
			[
				"<=",
				["get", "admin_level"],
				2
			],
			[
				"!=",
				["get", "maritime"],
				1
			]
		]
	},
	roads: {
		motorway: classes("transportation", "motorway"),
		main: classes("transportation", "trunk", "primary", "secondary", "tertiary"),
		street: classes("transportation", "minor", "busway"),
		alley: classes("transportation", "service", "track", "path", "raceway")
	},
	roadNames: {
		main: classes("transportation_name", "motorway", "trunk", "primary", "secondary", "tertiary"),
		street: classes("transportation_name", "minor", "service")
	},
	places: {
		city: classes("place", "city"),
		town: classes("place", "town", "village"),
		quarter: classes("place", "suburb", "quarter", "neighbourhood")
	}
};
function kinds(layer, ...names) {
	return {
		layer,
		filter: [
			"match",
			[
				"coalesce",
				["get", "kind"],
				["get", "pmap:kind"],
				""
			],
			names,
			true,
			false
		]
	};
}
function kindIs(name) {
	return [
		"==",
		[
			"coalesce",
			["get", "kind"],
			["get", "pmap:kind"],
			""
		],
		name
	];
}
function detail() {
	return [
		"coalesce",
		["get", "kind_detail"],
		["get", "pmap:kind_detail"],
		""
	];
}
function classes(layer, ...names) {
	return {
		layer,
		filter: [
			"match",
			[
				"coalesce",
				["get", "class"],
				""
			],
			names,
			true,
			false
		]
	};
}
// src/style.ts
function builtin({ theme, language, city }) {
	return {
		version: 8,
		"font-faces": fonts(),
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
		layers: [...worldLayers(theme, city), ...city ? [...cityLayers(theme), ...labelLayers(theme, language)] : []]
	};
}
function fonts() {
	return {
		Vazirmatn: [{ url: at("fonts/Vazirmatn-Regular.woff2") }],
		"Vazirmatn Medium": [{ url: at("fonts/Vazirmatn-Medium.woff2") }]
	};
}
function worldLayers({ ground, map }, city) {
	return [
		{
			id: "sea",
			type: "background",
			paint: { "background-color": city ? [
				"step",
				["zoom"],
				map.water,
				10,
				ground
			] : map.water }
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
		area$1("ground", map.town),
		area$1("park", map.park),
		area$1("water", map.water),
		{
			...area$1("building", map.building),
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
	const name = naming$1(language);
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
function naming$1(language) {
	const names = [["get", "name"], ["get", "name_en"]];
	if (language === "en") names.reverse();
	return [
		"coalesce",
		names[0],
		names[1]
	];
}
function area$1(kind, color) {
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
// src/basemap.ts
var source = "tiles";
function basemap(archive, theme, language) {
	const { url, attribution } = archive;
	if (archive.schema === "images") return {
		version: 8,
		sources: { [source]: {
			type: "raster",
			url,
			tileSize: 256,
			attribution
		} },
		layers: [{
			id: "tiles",
			type: "raster",
			source
		}]
	};
	const schema = archive.schema === "protomaps" ? protomaps : openmaptiles;
	return {
		version: 8,
		"font-faces": fonts(),
		sources: { [source]: {
			type: "vector",
			url,
			attribution
		} },
		layers: [
			...grounds(schema, theme),
			...roads(schema, theme),
			...labels(schema, theme, naming(language))
		]
	};
}
function grounds({ land, water, green, building, border }, { ground, map }) {
	return [
		{
			id: "ground",
			type: "background",
			paint: { "background-color": land ? map.water : ground }
		},
		...land ? [area("land", land, ground)] : [],
		...green.map((some, i) => area(`green-${i}`, some, map.park)),
		area("water", water, map.water),
		{
			...area("building", building, map.building),
			minzoom: 14
		},
		{
			id: "border",
			type: "line",
			...from(border),
			paint: {
				"line-color": map.border,
				"line-width": byZoom([2, .5], [8, 1.2])
			}
		}
	];
}
function roads({ roads: some }, { map }) {
	return [
		line("alley", some.alley, map.street, [14.5, .4], [16, 2.5], [19, 12]),
		line("street-casing", some.street, map.casing, [12.5, .6], [14, 3.2], [16, 9], [19, 38]),
		line("main-casing", some.main, map.casing, [9, .8], [12, 2.6], [14, 6.4], [16, 15], [19, 60]),
		line("motorway-casing", some.motorway, map.casing, [6, .8], [12, 4.2], [14, 9], [16, 19], [19, 76]),
		line("street", some.street, map.street, [12.5, .3], [14, 2], [16, 7.6], [19, 36]),
		line("main", some.main, map.main, [9, .4], [12, 1.6], [14, 5], [16, 13.2], [19, 58]),
		line("motorway", some.motorway, map.motorway, [6, .5], [12, 2.8], [14, 7.2], [16, 16.8], [19, 73])
	];
}
function labels({ roadNames, places }, theme, name) {
	return [
		roadLabel("street-label", roadNames.street, 14.5, theme, name),
		roadLabel("main-label", roadNames.main, 12.5, theme, name),
		placeLabel("quarter", places.quarter, 12, 12.5, theme, name),
		placeLabel("town", places.town, 8, 13, theme, name),
		placeLabel("city", places.city, 3, 16, theme, name)
	];
}
function from({ layer, filter }) {
	return {
		source,
		"source-layer": layer,
		...filter && { filter }
	};
}
function area(id, some, color) {
	return {
		id,
		type: "fill",
		...from(some),
		paint: { "fill-color": color }
	};
}
function line(id, some, color, ...widths) {
	return {
		id,
		type: "line",
		...from(some),
		minzoom: widths[0][0],
		layout: {
			"line-cap": "round",
			"line-join": "round"
		},
		paint: {
			"line-color": color,
			"line-width": byZoom(...widths)
		}
	};
}
function roadLabel(id, some, minzoom, theme, name) {
	return {
		id,
		type: "symbol",
		...from(some),
		minzoom,
		layout: {
			"symbol-placement": "line",
			"symbol-spacing": 420,
			"text-field": name,
			"text-font": ["Vazirmatn"],
			"text-size": 11.5,
			"text-max-angle": 30
		},
		paint: {
			...halo(theme),
			"text-color": theme.map.label
		}
	};
}
function placeLabel(id, some, minzoom, size, theme, name) {
	return {
		id: `${id}-label`,
		type: "symbol",
		...from(some),
		minzoom,
		layout: {
			"text-field": name,
			"text-font": ["Vazirmatn Medium"],
			"text-size": size,
			"text-max-width": 7,
			"text-padding": 6
		},
		paint: {
			...halo(theme),
			"text-color": theme.map.place
		}
	};
}
function naming(language) {
	return language === "fa" ? [
		"coalesce",
		["get", "name:fa"],
		["get", "name"],
		["get", "name:en"],
		""
	] : [
		"coalesce",
		["get", "name:en"],
		["get", "name:latin"],
		["get", "name_en"],
		["get", "name"],
		""
	];
}
// \0vite/preload-helper.js
var scriptRel = /* @__PURE__ */ (function detectScriptRel() {
	const relList = typeof document !== "undefined" && document.createElement("link").relList;
	return relList && relList.supports && relList.supports("modulepreload") ? "modulepreload" : "preload";
})();
var assetsURL = function(dep, importerUrl) {
	return new URL(dep, importerUrl).href;
};
var seen = {};
var isCssPreloadUrl = function isCssPreloadUrl(url) {
	return url.pathname.endsWith(".css");
};
var preloadOnce = function preloadOnce(seen, href, preload) {
	if (href in seen) return seen[href];
	const promise = preload();
	if (!promise) {
		seen[href] = void 0;
		return;
	}
	const preloadPromise = promise.then(() => {
		seen[href] = void 0;
	}, (err) => {
		seen[href] = void 0;
		throw err;
	});
	seen[href] = preloadPromise;
	return preloadPromise;
};
var __vitePreload = function preload(baseModule, deps, importerUrl) {
	let promise = Promise.resolve();
	if (deps && deps.length > 0) {
		let preloadedHrefs;
		const cspNonceMeta = document.querySelector("meta[property=csp-nonce]");
		const cspNonce = cspNonceMeta?.nonce || cspNonceMeta?.getAttribute("nonce");
		function allSettled(promises) {
			return Promise.all(promises.map((p) => Promise.resolve(p).then((value) => ({
				status: "fulfilled",
				value
			}), (reason) => ({
				status: "rejected",
				reason
			}))));
		}
		function importMetaResolve(specifier) {
			if (import.meta.resolve) return new URL(import.meta.resolve(specifier));
			return new URL(specifier, import.meta.url);
		}
		promise = allSettled(deps.map((depString) => {
			depString = assetsURL(depString, importerUrl);
			const dep = importMetaResolve(depString);
			const isCss = isCssPreloadUrl(dep);
			return preloadOnce(seen, dep.href, () => {
				if (preloadedHrefs === void 0) {
					preloadedHrefs = {
						all: /* @__PURE__ */ new Set(),
						styles: /* @__PURE__ */ new Set()
					};
					const links = document.getElementsByTagName("link");
					for (let i = links.length - 1; i >= 0; i--) {
						const link = links[i];
						preloadedHrefs.all.add(link.href);
						if (link.rel === "stylesheet") preloadedHrefs.styles.add(link.href);
					}
				}
				if ((isCss ? preloadedHrefs.styles : preloadedHrefs.all).has(dep.href)) return;
				const link = document.createElement("link");
				link.rel = isCss ? "stylesheet" : scriptRel;
				if (!isCss) link.as = "script";
				link.crossOrigin = "";
				link.href = dep.href;
				if (cspNonce) link.setAttribute("nonce", cspNonce);
				document.head.appendChild(link);
				if (isCss) return new Promise((res, rej) => {
					const handleSettle = (e) => {
						link.removeEventListener("load", handleSettle);
						link.removeEventListener("error", handleSettle);
						if (e.type === "error") rej(/* @__PURE__ */ new Error(`Unable to preload CSS for ${dep}`));
						else res(e);
					};
					link.addEventListener("load", handleSettle);
					link.addEventListener("error", handleSettle);
				});
			});
		}).filter((p) => p !== void 0));
	}
	function handlePreloadError(err) {
		const e = new Event("vite:preloadError", { cancelable: true });
		e.payload = err;
		window.dispatchEvent(e);
		if (!e.defaultPrevented) throw err;
	}
	return promise.then((res) => {
		for (const item of res || []) {
			if (item.status !== "rejected") continue;
			handlePreloadError(item.reason);
		}
		return baseModule().catch(handlePreloadError);
	});
};
// src/ground.ts
var patience = 3e3;
var ownPrefix = "https://peyk.invalid/";
var Ground = class {
	map;
	config;
	page;
	undo = () => {};
	attributed = false;
	constructor(map, config, page) {
		this.map = map;
		this.config = config;
		this.page = page;
	}
	async lay() {
		if (this.config.kind !== "builtin") return this.layOther(() => this.follow(this.layBuiltin()));
		this.follow(this.layBuiltin());
		this.page.ground.value = "builtin";
	}
	async relay() {
		if (this.page.ground.peek() !== "fallback") return;
		this.page.ground.value = "waiting";
		await this.layOther(() => {});
	}
	async layOther(meanwhile) {
		const fallBack = () => {
			if (this.page.ground.peek() !== "waiting") return;
			meanwhile();
			this.page.ground.value = "fallback";
		};
		const late = setTimeout(fallBack, patience);
		try {
			this.follow(await (this.config.kind === "pmtiles" ? this.layArchive() : this.layForeign()));
			if (!this.attributed) this.map.attribute();
			this.attributed = true;
			this.page.ground.value = "foreign";
		} catch {
			fallBack();
		}
		clearTimeout(late);
	}
	follow(undo) {
		this.undo();
		this.undo = undo;
	}
	layBuiltin() {
		const { map, page } = this;
		const { city } = this.config;
		page.city.value = city;
		const undo = x(() => {
			const theme = page.theme.value;
			map.ground(builtin({
				theme,
				language: page.language.value,
				city
			}), theme);
		});
		if (city) map.showCity();
		return undo;
	}
	async layForeign() {
		const { map, page, config } = this;
		const address = O(() => whole$1(page.theme.value === dark ? config.dark : config.style));
		let laid = address.peek();
		map.ground(await this.foreign(laid), page.theme.peek());
		return x(() => {
			map.tint(page.theme.value);
			const wanted = address.value;
			if (wanted === laid) return;
			laid = wanted;
			this.foreign(wanted).then((style) => wanted === laid && map.ground(style, page.theme.peek()), () => {});
		});
	}
	async layArchive() {
		const { map, page, config } = this;
		const { open } = await __vitePreload(async () => {
			const { open } = await import("./archive.js");
			return { open };
		}, [], import.meta.url);
		const archive = await open(page.request(whole$1(config.style)));
		return x(() => {
			const theme = page.theme.value;
			map.ground(basemap({
				...archive,
				attribution: archive.attribution || escape(config.attribution)
			}, theme, page.language.value), theme);
		});
	}
	async foreign(address) {
		if (this.config.kind === "raster") return this.raster(address);
		const answer = await this.reach(address);
		if (!answer.ok) throw new Error(`map style: ${answer.status}`);
		const text = await answer.text();
		return styleIn(new URL(address).origin === location.origin ? text.replaceAll(ownPrefix, at("")) : text);
	}
	async raster(address) {
		await this.reach(address.replace(/\{[zxy]\}/g, "0").replace("{ratio}", ""));
		return {
			version: 8,
			sources: { raster: {
				type: "raster",
				tiles: [address],
				tileSize: 256,
				attribution: escape(this.config.attribution)
			} },
			layers: [{
				id: "raster",
				type: "raster",
				source: "raster"
			}]
		};
	}
	reach(address) {
		const { url, headers } = this.page.request(address);
		return fetch(url, {
			headers,
			credentials: "omit",
			referrerPolicy: "no-referrer"
		});
	}
};
function styleIn(text) {
	const style = JSON.parse(text);
	if (!Array.isArray(style?.layers)) throw new Error("this is no map style");
	return style;
}
function whole$1(address) {
	return /^[a-z]+:/i.test(address) ? address : at(address);
}
function escape(text) {
	const element = document.createElement("span");
	element.textContent = text;
	return element.innerHTML;
}
// src/camera.ts
var flight = 600;
var near = 15;
var Camera = class {
	inset = {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0
	};
	placed = false;
	map;
	loosened;
	constructor(map, loosened) {
		this.map = map;
		this.loosened = loosened;
		map.on("movestart", (event) => this.placed ||= "originalEvent" in event && event.originalEvent !== void 0);
		map.on("dragstart", () => this.loosened());
	}
	get view() {
		const { lat, lng } = this.map.getCenter();
		return {
			zoom: this.map.getZoom(),
			lat,
			lon: lng
		};
	}
	look({ zoom, lat, lon }) {
		this.placed = true;
		this.map.jumpTo({
			zoom,
			center: [lon, lat]
		});
	}
	zoom(by) {
		this.map.easeTo({
			zoom: this.map.getZoom() + by,
			duration: pace(200)
		});
	}
	fly({ lat, lon }) {
		this.placed = true;
		const zoom = Math.max(near, this.map.getZoom());
		this.map.flyTo({
			center: [lon, lat],
			zoom,
			offset: this.offset(),
			duration: pace(flight)
		});
	}
	approach({ lat, lon }) {
		this.map.easeTo({
			center: [lon, lat],
			zoom: this.map.getZoom() + 2,
			offset: this.offset(),
			duration: pace(flight)
		});
	}
	middle() {
		const { clientWidth, clientHeight } = this.map.getContainer();
		const [x, y] = this.offset();
		return {
			x: clientWidth / 2 + x,
			y: clientHeight / 2 + y
		};
	}
	reveal({ lat, lon }) {
		const { x, y } = this.map.project([lon, lat]);
		const { clientWidth, clientHeight } = this.map.getContainer();
		const { left, right, top, bottom } = this.inset;
		const by = [beyond(x, left, clientWidth - right), beyond(y, top, clientHeight - bottom)];
		if (by.some((pixels) => pixels !== 0)) this.map.panBy(by, { duration: pace(flight / 2) });
	}
	accompany({ lat, lon }, milliseconds) {
		if (this.map.isZooming()) return;
		this.map.easeTo({
			center: [lon, lat],
			offset: this.offset(),
			duration: pace(milliseconds),
			easing: (share) => share
		});
	}
	fit(spots, milliseconds = flight, maxZoom = near) {
		const bounds = around$1(spots);
		if (bounds.isEmpty()) return;
		this.placed = true;
		this.map.fitBounds(bounds, {
			padding: this.padding(),
			maxZoom,
			duration: pace(milliseconds)
		});
	}
	closest(spots, maxZoom) {
		const bounds = around$1(spots);
		return (bounds.isEmpty() ? void 0 : this.map.cameraForBounds(bounds, {
			padding: this.padding(),
			maxZoom
		})?.zoom) ?? maxZoom;
	}
	settleOn(corners) {
		this.placed = true;
		const bounds = around$1(corners);
		const whole = this.map.cameraForBounds(bounds, { padding: this.inset })?.zoom ?? 0;
		this.map.easeTo({
			center: bounds.getCenter(),
			zoom: Math.max(12.9, whole),
			offset: this.offset(),
			duration: 0
		});
	}
	makeRoom(inset) {
		const { left, right } = this.inset;
		this.inset = inset;
		if (this.placed && left !== right && left === inset.right && right === inset.left) this.map.panBy([left - right, 0], { duration: 0 });
	}
	offset() {
		const { left, right, top, bottom } = this.inset;
		return [(left - right) / 2, (top - bottom) / 2];
	}
	padding() {
		const { clientWidth, clientHeight } = this.map.getContainer();
		const { left, right, top, bottom } = this.inset;
		const aside = Math.max(8, Math.min(80, (clientWidth - left - right) / 5));
		const above = Math.max(8, Math.min(80, (clientHeight - top - bottom) / 5));
		return {
			left: left + aside,
			right: right + aside,
			top: top + above,
			bottom: bottom + above
		};
	}
};
function beyond(x, from, to) {
	const room = 24;
	return Math.min(0, x - from - room) + Math.max(0, x - to + room);
}
function around$1(spots) {
	const bounds = new LngLatBounds();
	for (const { lat, lon } of spots) bounds.extend([lon, lat]);
	return bounds;
}
function still() {
	return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
function pace(milliseconds) {
	return still() ? 0 : milliseconds;
}
// src/canvas.ts
function openMap(container, theme, request) {
	setWorkerUrl(at("maplibre-gl-worker.mjs"));
	const map = new Map$1({
		...options,
		container,
		style: blank(theme),
		transformRequest: request
	});
	map.touchZoomRotate.disableRotation();
	map.keyboard.disableRotation();
	return map;
}
function keepAbove(map, layer) {
	map.on("style.load", () => {
		map.setProjection({ type: "mercator" });
		if (!map.getLayer(layer.id)) map.addLayer(layer);
	});
}
function lay$1(map, style, top) {
	const styled = map.getLayer(top.id) !== void 0;
	map.setStyle(style, { diff: styled });
	if (map.getLayer(top.id)) map.moveLayer(top.id);
}
function attribute(map) {
	map.addControl(new AttributionControl({ compact: false }), "bottom-left");
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
			id: "ground",
			type: "background",
			paint: { "background-color": theme.ground }
		}]
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
function between(from, to, share) {
	if (share >= 1) return to;
	return {
		x: from.x + Math.round(difference(from.x, to.x) * share) >>> 0,
		y: from.y + Math.round(difference(from.y, to.y) * share) >>> 0
	};
}
function difference(a, b) {
	return b - a | 0;
}
function whole(x) {
	return Math.round((x - Math.floor(x)) * world) >>> 0;
}
// src/crowd.ts
function ruleAt(zoom) {
	if (zoom < 11) return {
		reach: 44,
		least: 2,
		standing: false
	};
	if (zoom < 13) return {
		reach: 32,
		least: 6,
		standing: false
	};
	return {
		reach: 9,
		least: 2,
		standing: true
	};
}
function stepOf(zoom) {
	return Math.floor(zoom * 2) / 2;
}
function pixelAt(zoom) {
	return world / (512 * 2 ** zoom);
}
function gather(bodies, zoom) {
	const rule = ruleAt(zoom);
	const side = rule.reach * pixelAt(zoom);
	const heaps = heap(bodies, rule, side);
	const found = [];
	for (const one of join(heaps, side)) {
		const count = one.ids.length;
		if (count >= rule.least) found.push({
			ids: one.ids,
			count,
			x: one.x / count,
			y: one.y / count
		});
	}
	return found;
}
function heap(bodies, rule, side) {
	const heaps = /* @__PURE__ */ new Map();
	for (const { id, x, y, standing } of bodies) {
		if (rule.standing && !standing) continue;
		const [column, row] = [Math.floor(x / side), Math.floor(y / side)];
		const key = keyOf(column, row);
		const one = heaps.get(key);
		if (!one) {
			heaps.set(key, {
				column,
				row,
				ids: [id],
				x,
				y
			});
			continue;
		}
		one.ids.push(id);
		one.x += x;
		one.y += y;
	}
	return heaps;
}
function join(heaps, side) {
	const bySize = [...heaps.values()].toSorted((a, b) => b.ids.length - a.ids.length);
	for (const one of bySize) {
		if (heaps.get(keyOf(one.column, one.row)) !== one) continue;
		for (let column = one.column - 1; column <= one.column + 1; column++) for (let row = one.row - 1; row <= one.row + 1; row++) {
			const other = heaps.get(keyOf(column, row));
			if (!other || other === one || apart(one, other) > side) continue;
			one.ids.push(...other.ids);
			one.x += other.x;
			one.y += other.y;
			heaps.delete(keyOf(column, row));
		}
	}
	return heaps.values();
}
function keyOf(column, row) {
	return column * 2 ** 26 + row;
}
function apart(a, b) {
	const [m, n] = [a.ids.length, b.ids.length];
	return Math.hypot(a.x / m - b.x / n, a.y / m - b.y / n);
}
function fan(count) {
	const spots = [];
	for (let radius = 34; spots.length < count; radius += 34) {
		const room = Math.floor(2 * Math.PI * radius / 30);
		const here = Math.min(room, count - spots.length);
		for (let i = 0; i < here; i++) {
			const angle = i / here * 2 * Math.PI - Math.PI / 2;
			spots.push({
				x: radius * Math.cos(angle),
				y: radius * Math.sin(angle)
			});
		}
	}
	return spots;
}
// src/names.ts
var few$1 = 8;
var tried = 40;
var height = 20;
var aside = 13;
var body = 10;
function choose(candidates, first, near, leftwards) {
	const chosen = candidates.filter(({ id }) => first.includes(id));
	const taken = chosen.map((one) => box(one, leftwards));
	const rest = candidates.filter(({ id }) => !first.includes(id)).map((one) => ({
		one,
		distance: Math.hypot(one.x - near.x, one.y - near.y)
	})).toSorted((a, b) => a.distance - b.distance);
	let named = 0;
	for (const { one } of rest.slice(0, tried)) {
		const want = box(one, leftwards);
		if (taken.some((other) => meet(want, other)) || candidates.some((other) => other !== one && covers(want, other))) continue;
		chosen.push(one);
		taken.push(want);
		named += 1;
		if (named === few$1) break;
	}
	return chosen.map(({ id }) => id);
}
function box({ x, y, name }, leftwards) {
	const width = Math.min(160, name.length * 7) + 12;
	const left = leftwards ? x - aside - width : x + aside;
	return {
		left,
		right: left + width,
		top: y - height / 2,
		bottom: y + height / 2
	};
}
function meet(a, b) {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
function covers({ left, right, top, bottom }, { x, y }) {
	return x > left - body && x < right + body && y > top - body && y < bottom + body;
}
// src/overlay.ts
var Overlay = class {
	root = document.createElement("div");
	legs = document.createElementNS("http://www.w3.org/2000/svg", "svg");
	crowds = [];
	names = /* @__PURE__ */ new Map();
	middle;
	constructor(container, press) {
		this.root.addEventListener("click", ({ target }) => {
			const pressed = this.crowds.find(({ element }) => element === target);
			if (pressed) press(pressed.crowd);
		});
		this.root.className = "overlay";
		this.root.append(this.legs);
		container.append(this.root);
	}
	showCrowds(crowds, say) {
		const old = this.crowds.map(({ element }) => element);
		this.crowds = crowds.map((crowd, i) => {
			const element = old[i] ?? this.root.appendChild(disc());
			const { digits, label } = say(crowd.count);
			if (element.textContent !== digits) element.textContent = digits;
			element.setAttribute("aria-label", label);
			element.style.setProperty("--size", `${sizeOf(crowd.count)}px`);
			return {
				crowd,
				...degrees$1(crowd),
				element
			};
		});
		for (const element of old.slice(crowds.length)) element.remove();
	}
	showNames(names) {
		const kept = /* @__PURE__ */ new Map();
		for (const { id, text, selected, leftwards } of names) {
			const element = this.names.get(id) ?? this.root.appendChild(document.createElement("bdi"));
			this.names.delete(id);
			if (element.textContent !== text) element.textContent = text;
			element.className = [
				"name",
				selected && "selected",
				leftwards && "left"
			].filter(Boolean).join(" ");
			kept.set(id, element);
		}
		for (const element of this.names.values()) element.remove();
		this.names = kept;
	}
	showLegs(at, spots) {
		this.middle = at && degrees$1(at);
		this.legs.replaceChildren(...spots.map(leg).map(({ x, y }) => {
			const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
			for (const [name, value] of Object.entries({
				x2: x,
				y2: y
			})) line.setAttribute(name, value.toFixed(1));
			return line;
		}));
	}
	placeCrowds(project) {
		for (const { lat, lon, element } of this.crowds) put(element, project(lat, lon));
		if (this.middle) put(this.legs, project(this.middle.lat, this.middle.lon));
	}
	placeNames(at) {
		for (const [id, element] of this.names) {
			const point = at(id);
			element.hidden = point === void 0;
			if (point) put(element, point);
		}
	}
	discs() {
		return this.crowds.map(({ crowd, element }) => {
			const { x, y, width, height } = element.getBoundingClientRect();
			return {
				x: x + width / 2,
				y: y + height / 2,
				count: crowd.count
			};
		});
	}
};
function leg({ x, y }) {
	const share = 1 - 9 / Math.hypot(x, y);
	return {
		x: x * share,
		y: y * share
	};
}
function sizeOf(count) {
	return Math.round(Math.max(30, Math.min(80, 7 * Math.sqrt(count))));
}
function disc() {
	const element = document.createElement("button");
	element.className = "crowd";
	element.tabIndex = -1;
	return element;
}
function put(element, { x, y }) {
	element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
}
// src/crowds.ts
var pause$1 = 500;
var namedInFan = 8;
var namesFrom = 13;
var Crowds = class {
	overlay;
	selected;
	hovered;
	picture;
	markers;
	sight;
	speech = {
		digits: String,
		label: String,
		leftwards: false
	};
	step = NaN;
	timer;
	fanned = [];
	crowds = [];
	constructor(container, picture, markers, sight, open) {
		this.overlay = new Overlay(container, open);
		this.picture = picture;
		this.markers = markers;
		this.sight = sight;
	}
	speak(speech) {
		this.speech = speech;
		this.gather();
	}
	note() {
		this.timer ??= setTimeout(() => this.gather(), pause$1);
	}
	moved() {
		if (stepOf(this.sight.zoom()) !== this.step) {
			this.gather();
			if (this.fanned.length > 0) this.close();
		}
		this.overlay.placeCrowds(this.sight.project);
	}
	rendered() {
		this.overlay.placeNames((id) => this.point(id));
	}
	hover(id) {
		if (id === this.hovered) return;
		this.hovered = id;
		this.name();
	}
	spread(crowd) {
		this.close();
		this.fanned = crowd.ids;
		const spots = fan(crowd.ids.length);
		for (const [i, id] of crowd.ids.entries()) this.markers.shift(id, spots[i]);
		this.overlay.showLegs(crowd, spots);
		this.gather();
	}
	close() {
		if (this.fanned.length === 0) return false;
		for (const id of this.fanned) this.markers.shift(id, {
			x: 0,
			y: 0
		});
		this.fanned = [];
		this.overlay.showLegs(void 0, []);
		this.gather();
		return true;
	}
	gather() {
		clearTimeout(this.timer);
		this.timer = void 0;
		const zoom = this.sight.zoom();
		this.step = stepOf(zoom);
		const apart = new Set(this.fanned);
		const crowds = gather(this.markers.bodies().filter(({ id }) => !apart.has(id) && id !== this.selected), this.step);
		const hidden = new Set(crowds.flatMap(({ ids }) => ids));
		this.markers.hide((id) => hidden.has(id));
		this.crowds = [...crowds, ...this.picture.cells().map(counted)];
		const say = (count) => ({
			digits: this.speech.digits(count),
			label: this.speech.label(count)
		});
		this.overlay.showCrowds(this.crowds, say);
		this.overlay.placeCrowds(this.sight.project);
		this.name();
	}
	inseparable({ ids }) {
		const members = new Set(ids);
		const [one, ...others] = this.markers.bodies().filter(({ id }) => members.has(id));
		const reach = ruleAt(18).reach * pixelAt(18);
		return one !== void 0 && others.every((other) => metric(one, other) <= reach);
	}
	point(id) {
		const at = this.markers.shown(id) ? this.markers.at(id) : void 0;
		if (!at) return void 0;
		const { lat, lon } = degrees$1(at);
		const { x, y } = this.sight.project(lat, lon);
		const beside = this.markers.offset(id);
		return {
			x: x + beside.x,
			y: y + beside.y
		};
	}
	name() {
		const first = [
			this.selected,
			this.hovered,
			...this.fanned.length <= namedInFan ? this.fanned : []
		].filter((id) => id !== void 0);
		const candidates = this.candidates(this.sight.zoom() >= namesFrom ? void 0 : first);
		const ids = choose(candidates, first, (this.selected === void 0 ? void 0 : candidates.find(({ id }) => id === this.selected)) ?? this.sight.focus(), this.speech.leftwards);
		this.overlay.showNames(ids.map((id) => this.nameOf(id)));
		this.rendered();
	}
	nameOf(id) {
		const { x } = this.markers.offset(id);
		const leftwards = Math.abs(x) > 1 ? x < 0 : this.speech.leftwards;
		return {
			id,
			text: this.picture.couriers.get(id)?.name ?? "",
			selected: id === this.selected,
			leftwards
		};
	}
	candidates(ids) {
		const { width, height } = this.sight.size();
		const found = [];
		for (const id of ids ? new Set(ids) : this.picture.couriers.keys()) {
			const at = this.point(id);
			if (!at || at.x < 0 || at.y < 0 || at.x > width || at.y > height) continue;
			found.push({
				id,
				name: this.picture.couriers.get(id)?.name ?? "",
				...at
			});
		}
		return found;
	}
};
function counted({ count, lat, lon }) {
	const { x, y } = place(lat, lon);
	return {
		ids: [],
		count,
		x,
		y
	};
}
function metric(a, b) {
	return Math.hypot(difference(a.x, b.x), difference(a.y, b.y));
}
// src/glide.ts
var longest = 2e3;
var farthest = 3e3;
function glide(from, to, lat, gap) {
	const near = metres$1(from, to, lat) < farthest;
	return gap > 0 && near && !still() ? Math.min(gap, longest) : 0;
}
function metres$1(from, to, lat) {
	return Math.hypot(to.x - from.x | 0, to.y - from.y | 0) * metresPerStep(lat);
}
function metresPerStep(lat) {
	return 40075017 * Math.cos(lat * Math.PI / 180) / world;
}
var look = {
	moving: 1,
	silent: 2,
	selected: 4,
	hidden: 8
};
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
	offsetX: 9,
	offsetY: 10,
	words: 11
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
in vec2 a_offset;         // pixels that a fanned one stands beside its place

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
  gl_Position = centre + vec4((offset + a_offset) * u_unit * centre.w, 0.0, 0.0);
  if ((a_look & ${look.hidden}u) != 0u) gl_Position = vec4(2.0, 2.0, 2.0, 1.0); // outside of the screen
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
		this.attribute("a_offset", 2, record.offsetX, gl.FLOAT);
		gl.bindVertexArray(null);
	}
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
function sizeAt(zoom) {
	return Math.max(.7, Math.min(1, 1 - (12.8 - zoom) * .16));
}
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
	put(id, mark, duration) {
		const slot = this.slots.get(id);
		if (slot === void 0) this.write(this.add(id), place(mark.lat, mark.lon), mark, 0);
		else this.write(slot, this.where(slot), mark, duration);
	}
	mark(id, { moving, silent }) {
		const slot = this.slots.get(id);
		if (slot === void 0) return;
		const word = slot * record.words + record.look;
		const kept = this.ints[word] & (look.selected | look.hidden);
		this.ints[word] = kept | (moving ? look.moving : 0) | (silent ? look.silent : 0);
		this.touch(slot);
	}
	hide(hidden) {
		for (const [slot, id] of this.ids.entries()) {
			const word = slot * record.words + record.look;
			if ((this.ints[word] & look.hidden) === (hidden(id) ? look.hidden : 0)) continue;
			this.ints[word] ^= look.hidden;
			this.touch(slot);
		}
	}
	shift(id, { x, y }) {
		const slot = this.slots.get(id);
		if (slot === void 0) return;
		this.floats[slot * record.words + record.offsetX] = x;
		this.floats[slot * record.words + record.offsetY] = y;
		this.touch(slot);
	}
	offset(id) {
		const word = (this.slots.get(id) ?? 0) * record.words;
		return {
			x: this.floats[word + record.offsetX],
			y: this.floats[word + record.offsetY]
		};
	}
	shown(id) {
		const slot = this.slots.get(id);
		return slot !== void 0 && (this.ints[slot * record.words + record.look] & look.hidden) === 0;
	}
	bodies() {
		return this.ids.map((id, slot) => {
			const word = slot * record.words;
			const is = this.ints[word + record.look];
			const standing = (is & look.moving) === 0 || (is & look.silent) !== 0;
			return {
				id,
				x: this.ints[word + record.toX],
				y: this.ints[word + record.toY],
				standing
			};
		});
	}
	remove(id) {
		const slot = this.slots.get(id);
		if (slot === void 0) return;
		this.slots.delete(id);
		const last = this.ids.pop();
		if (last === id) return;
		this.ids[slot] = last;
		this.slots.set(last, slot);
		const from = this.ids.length * record.words;
		this.ints.copyWithin(slot * record.words, from, from + record.words);
		this.touch(slot);
	}
	wipe() {
		this.ints.fill(0);
		this.onRemove();
	}
	select(id) {
		for (const each of [this.selected, id]) {
			if (each === id) this.raise(each);
			const slot = each === void 0 ? void 0 : this.slots.get(each);
			if (slot === void 0) continue;
			this.ints[slot * record.words + record.look] ^= look.selected;
			this.touch(slot);
		}
		this.selected = id;
	}
	settle() {
		for (let slot = 0; slot < this.ids.length; slot++) this.floats[slot * record.words + record.duration] = 0;
		this.until = 0;
		this.touch(0);
		this.touch(this.ids.length - 1);
	}
	at(id) {
		const slot = this.slots.get(id);
		return slot === void 0 ? void 0 : this.where(slot);
	}
	nearest(to, within, pixel) {
		let found;
		let best = within * pixel;
		for (let slot = 0; slot < this.ids.length; slot++) {
			const word = slot * record.words;
			if (this.ints[word + record.look] & look.hidden) continue;
			const at = this.where(slot);
			const east = difference(to.x, at.x) + this.floats[word + record.offsetX] * pixel;
			const south = difference(to.y, at.y) + this.floats[word + record.offsetY] * pixel;
			const distance = Math.hypot(east, south);
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
	raise(id) {
		const slot = id === void 0 ? void 0 : this.slots.get(id);
		const last = this.ids.length - 1;
		if (id === void 0 || slot === void 0 || slot === last) return;
		const { words } = record;
		const mine = this.ints.slice(slot * words, (slot + 1) * words);
		this.ints.copyWithin(slot * words, last * words, (last + 1) * words);
		this.ints.set(mine, last * words);
		const other = this.ids[last];
		this.ids[slot] = other;
		this.ids[last] = id;
		this.slots.set(other, slot);
		this.slots.set(id, last);
		this.touch(slot);
		this.touch(last);
	}
	add(id) {
		const slot = this.ids.length;
		if (slot * record.words * 4 === this.buffer.byteLength) this.grow();
		this.ids.push(id);
		this.slots.set(id, slot);
		this.floats[slot * record.words + record.turnTo] = 0;
		this.floats[slot * record.words + record.offsetX] = 0;
		this.floats[slot * record.words + record.offsetY] = 0;
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
var grasp = 18;
var city = [{
	lat: 35.674,
	lon: 51.356
}, {
	lat: 35.7275,
	lon: 51.441
}];
var CourierMap = class {
	camera;
	map;
	markers;
	crowds;
	picture;
	ears;
	stamps = /* @__PURE__ */ new Map();
	silents = /* @__PURE__ */ new Set();
	scheduled = 0;
	jump = false;
	followed;
	constructor(container, picture, theme, ears, request) {
		this.picture = picture;
		this.ears = ears;
		this.markers = new Markers(paint(theme));
		this.map = openMap(container, theme, request);
		this.camera = new Camera(this.map, ears.loosened);
		this.crowds = new Crowds(this.map.getCanvasContainer(), picture, this.markers, this.sight(), (crowd) => this.open(crowd));
		this.listen();
	}
	ground(style, theme) {
		lay$1(this.map, style, this.markers);
		this.tint(theme);
	}
	tint(theme) {
		this.markers.paint = {
			...paint(theme),
			stale: this.markers.paint.stale
		};
		this.map.triggerRepaint();
	}
	attribute() {
		attribute(this.map);
	}
	speak(label, speech) {
		this.map.getCanvas().setAttribute("aria-label", label);
		this.crowds.speak(speech);
	}
	showCity() {
		if (!this.camera.placed) this.camera.settleOn(city);
	}
	showAll(milliseconds) {
		const positions = [...this.picture.couriers.values()].flatMap(({ position }) => position ?? []);
		this.camera.fit([...positions, ...this.picture.cells()], milliseconds);
	}
	select(id) {
		this.markers.select(id);
		this.crowds.selected = id;
		this.crowds.gather();
	}
	follow(id) {
		this.followed = id;
	}
	closeFan() {
		return this.crowds.close();
	}
	stale(stale) {
		this.map.getContainer().classList.toggle("stale", stale);
		if (this.markers.paint.stale === stale) return;
		this.markers.paint.stale = stale;
		this.map.triggerRepaint();
	}
	draw() {
		if (this.scheduled === 0 && !document.hidden) this.scheduled = requestAnimationFrame(() => this.drawNow());
	}
	forget() {
		cancelAnimationFrame(this.scheduled);
		this.drawNow();
		this.markers.wipe();
		this.crowds.hover(void 0);
		this.crowds.gather();
		this.map.triggerRepaint();
	}
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
	}
	project(id) {
		return this.crowds.point(id);
	}
	projectPlace(lat, lon) {
		const { x, y } = this.map.project([lon, lat]);
		return {
			x,
			y
		};
	}
	get drawn() {
		return this.stamps.size;
	}
	get discs() {
		return this.crowds.overlay.discs();
	}
	get settled() {
		return this.map.loaded() && !this.map.isMoving() && this.map.getLayer(this.markers.id) !== void 0;
	}
	listen() {
		keepAbove(this.map, this.markers);
		this.map.on("webglcontextlost", () => this.markers.forget());
		this.map.on("webglcontextrestored", () => this.markers.forget());
		this.map.on("click", (event) => event.originalEvent.target === this.map.getCanvas() && this.click(event.point));
		this.map.on("mousemove", (event) => this.point(event.point));
		this.map.on("mouseout", () => this.crowds.hover(void 0));
		this.map.on("move", () => this.crowds.moved());
		this.map.on("resize", () => this.crowds.moved());
		this.map.on("render", () => this.crowds.rendered());
		this.map.on("moveend", () => {
			this.crowds.note();
			this.ears.moved();
		});
		document.addEventListener("visibilitychange", () => this.come());
	}
	sight() {
		return {
			zoom: () => this.map.getZoom(),
			size: () => ({
				width: this.map.getContainer().clientWidth,
				height: this.map.getContainer().clientHeight
			}),
			project: (lat, lon) => this.projectPlace(lat, lon),
			focus: () => this.camera.middle()
		};
	}
	open(crowd) {
		this.ears.loosened();
		if (crowd.ids.length > 0 && this.crowds.inseparable(crowd)) {
			if (this.map.getZoom() < 14) this.camera.look({
				...degrees$1(crowd),
				zoom: 16
			});
			this.crowds.spread(crowd);
			return;
		}
		const positions = crowd.ids.flatMap((id) => this.picture.couriers.get(id)?.position ?? []);
		if (positions.length > 0) this.camera.fit(positions, void 0, 18);
		else this.camera.approach(degrees$1(crowd));
	}
	drawNow() {
		this.scheduled = 0;
		const now = this.picture.clock.now(performance.now());
		for (const id of this.picture.takeChanged()) {
			const courier = this.picture.couriers.get(id);
			if (courier?.position) this.put(courier, now);
			else this.remove(id);
		}
		if (this.jump) this.crowds.gather();
		else this.crowds.note();
		this.jump = false;
		if (!this.camera.placed && this.picture.inStep) this.showAll(0);
	}
	put({ id, position }, now) {
		if (!position) return;
		const is = silent(position, now);
		this.hush(id, is);
		const last = this.stamps.get(id);
		if (last === position.stamp) return;
		this.stamps.set(id, position.stamp);
		const from = this.markers.at(id);
		const to = place(position.lat, position.lon);
		const duration = last === void 0 || !from || this.jump ? 0 : glide(from, to, position.lat, position.stamp - last);
		this.markers.put(id, {
			...position,
			silent: is
		}, duration);
		if (id === this.followed) this.camera.accompany(position, duration);
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
	click(point) {
		const id = this.pick(point);
		if (id !== void 0 || !this.crowds.close()) this.ears.picked(id);
	}
	pick(point) {
		const { lat, lng } = this.map.unproject([point.x, point.y]);
		return this.markers.nearest(place(lat, lng), grasp, pixelAt(this.map.getZoom()));
	}
	point(point) {
		const id = this.pick(point);
		this.map.getCanvas().style.cursor = id === void 0 ? "" : "pointer";
		this.crowds.hover(id);
	}
	come() {
		if (document.hidden) return;
		this.jump = true;
		this.markers.settle();
		this.draw();
	}
};
// src/outside.ts
function browser(standing) {
	return {
		connect,
		standing,
		renamed: () => void doubts.value++,
		token,
		now: () => performance.now(),
		after: (milliseconds, call) => {
			const timer = setTimeout(call, milliseconds);
			return () => clearTimeout(timer);
		},
		random: Math.random
	};
}
async function configured() {
	try {
		return parseConfig(await (await fetch(at("config.json"), { signal: AbortSignal.timeout(1e4) })).text());
	} catch {
		return {
			kind: "builtin",
			style: "",
			dark: "",
			attribution: "",
			city: false,
			timezone: "",
			login: "",
			shop: {
				name: "",
				color: "",
				logo: ""
			}
		};
	}
}
function connect(protocols, ear) {
	const url = new URL("ws", root);
	url.protocol = url.protocol.replace("http", "ws");
	const socket = new WebSocket(url, protocols);
	socket.addEventListener("open", () => ear.open());
	socket.addEventListener("message", (event) => ear.message(String(event.data)));
	socket.addEventListener("close", (event) => ear.close(event.code));
	return socket;
}
function mapRequest(url, token) {
	return url.startsWith(at("map/")) && token !== void 0 ? {
		url,
		headers: { Authorization: `Bearer ${token}` }
	} : {
		url,
		headers: {}
	};
}
// src/icon.tsx
var icons = {
	close: "M4 4l8 8M12 4l-8 8",
	plus: "M8 3v10M3 8h10",
	minus: "M3 8h10",
	all: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
	menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
	search: "M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M10.4 10.4l3.1 3.1",
	start: "M9.5 3.5L5 8l4.5 4.5",
	list: "M6 4h7.5M6 8h7.5M6 12h7.5M2.5 4h.5M2.5 8h.5M2.5 12h.5",
	follow: "M8 1.5v3M8 11.5v3M1.5 8h3M11.5 8h3M8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7",
	copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
	link: "M6.5 9.5l3-3M7 4.5l1.7-1.7a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5l-1.7 1.7a3.2 3.2 0 0 1-4.5-4.5L4.5 7",
	person: "M8 2.5a2.6 2.6 0 1 0 0 5.2a2.6 2.6 0 1 0 0-5.2M2.8 13.5c.5-2.6 2.6-4 5.2-4s4.7 1.4 5.2 4",
	orders: "M2.5 5l5.5-2.5 5.5 2.5v6l-5.5 2.5-5.5-2.5zM2.5 5l5.5 2.5 5.5-2.5M8 7.5v6",
	couriers: "M6 3a2.2 2.2 0 1 0 0 4.4a2.2 2.2 0 1 0 0-4.4M1.5 13c.4-2.5 2.1-3.7 4.5-3.7s4.1 1.2 4.5 3.7M10.6 3.2a2.2 2.2 0 0 1 0 4M12.2 9.8c1.3.5 2.1 1.6 2.3 3.2",
	bin: "M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5",
	edit: "M10.5 3l2.5 2.5L6 12.5l-3.2.7.7-3.2z",
	call: "M3 2.5h2.6l1.2 3-1.5 1.2a8 8 0 0 0 4 4l1.2-1.5 3 1.2V13a1 1 0 0 1-1.1 1A10.9 10.9 0 0 1 2 3.6A1 1 0 0 1 3 2.5z"
};
function Icon({ of }) {
	return /* @__PURE__ */ a("svg", {
		viewBox: "0 0 16 16",
		width: "16",
		height: "16",
		"aria-hidden": "true",
		class: `icon icon-${of}`,
		children: /* @__PURE__ */ a("path", {
			d: icons[of],
			fill: "none",
			stroke: "currentColor",
			"stroke-width": "1.5",
			"stroke-linecap": "round",
			"stroke-linejoin": "round"
		})
	});
}
// src/menu.tsx
var shades = [
	"system",
	"light",
	"dark"
];
function Menu({ actions }) {
	const t = text.value;
	return /* @__PURE__ */ a("div", {
		id: "menu",
		popover: "auto",
		class: "box menu",
		children: [
			/* @__PURE__ */ a("fieldset", { children: [/* @__PURE__ */ a("legend", { children: t.language }), Object.entries(languages).map(([code, name]) => /* @__PURE__ */ a("label", {
				lang: code,
				children: [/* @__PURE__ */ a("input", {
					type: "radio",
					name: "language",
					checked: language.value === code,
					onChange: () => actions.speak(code)
				}), name]
			}, code))] }),
			/* @__PURE__ */ a("fieldset", { children: [/* @__PURE__ */ a("legend", { children: t.shade }), shades.map((each) => /* @__PURE__ */ a("label", { children: [/* @__PURE__ */ a("input", {
				type: "radio",
				name: "shade",
				checked: shade.value === each,
				onChange: () => actions.shade(each)
			}), t.shades[each]] }, each))] }),
			/* @__PURE__ */ a("button", {
				onClick: (event) => close(event, () => helping.value = true),
				children: [
					t.keys,
					" ",
					/* @__PURE__ */ a("kbd", { children: "?" })
				]
			})
		]
	});
}
function close({ currentTarget }, then) {
	if (currentTarget instanceof Element) currentTarget.closest("[popover]")?.hidePopover();
	then();
}
function Keys() {
	const dialog = T(null);
	const open = helping.value;
	A$1(() => open ? dialog.current?.showModal() : dialog.current?.close(), [open]);
	const t = text.value;
	return /* @__PURE__ */ a("dialog", {
		ref: dialog,
		class: "box keys",
		"aria-label": t.keys,
		onClose: () => helping.value = false,
		children: [
			/* @__PURE__ */ a("h2", { children: t.keys }),
			/* @__PURE__ */ a("button", {
				class: "square close",
				"aria-label": t.close,
				onClick: () => helping.value = false,
				children: /* @__PURE__ */ a(Icon, { of: "close" })
			}),
			/* @__PURE__ */ a("dl", { children: t.keyList.map(([key, what]) => /* @__PURE__ */ a("div", { children: [/* @__PURE__ */ a("dt", { children: /* @__PURE__ */ a("kbd", {
				dir: "ltr",
				children: key
			}) }), /* @__PURE__ */ a("dd", { children: what })] }, key)) })
		]
	});
}
// src/who.tsx
function Who({ actions }) {
	const me = who.value;
	const t = text.value;
	const speak = language.value;
	const until = me?.until === void 0 ? t.unlimited : date(me.until, speak, timezone.value);
	return /* @__PURE__ */ a("div", {
		id: "who",
		popover: "auto",
		class: "box menu me",
		children: [me && /* @__PURE__ */ a($, { children: [/* @__PURE__ */ a("p", { children: /* @__PURE__ */ a("strong", { children: /* @__PURE__ */ a("bdi", { children: me.subject === "everybody" ? t.everybody : me.name || me.subject }) }) }), /* @__PURE__ */ a("dl", { children: [
			/* @__PURE__ */ a(Fact, {
				name: t.right.role,
				children: t.roles[me.role]
			}),
			/* @__PURE__ */ a(Fact, {
				name: t.right.may,
				children: deeds(me.actions, speak)
			}),
			/* @__PURE__ */ a(Fact, {
				name: t.right.whom,
				children: whom(me.scopes, teams.value, speak)
			}),
			/* @__PURE__ */ a(Fact, {
				name: t.right.until,
				children: until
			})
		] })] }), connection.value.state !== "refused" && token() !== void 0 && /* @__PURE__ */ a("button", {
			onClick: (event) => close(event, actions.leave),
			children: t.leave
		})]
	});
}
function Fact({ name, children }) {
	return /* @__PURE__ */ a("div", { children: [/* @__PURE__ */ a("dt", { children: name }), /* @__PURE__ */ a("dd", { children })] });
}
// src/bar.tsx
var quiet$1 = 14e3;
function Bar({ actions }) {
	const t = text.value;
	return /* @__PURE__ */ a("header", {
		class: "box bar",
		children: [
			/* @__PURE__ */ a("p", {
				class: "connection",
				role: "status",
				children: /* @__PURE__ */ a(Status, {})
			}),
			who.value && /* @__PURE__ */ a(Opener, {
				view: "orders",
				label: t.orders,
				actions
			}),
			mayManage.value && /* @__PURE__ */ a(Opener, {
				view: "couriers",
				label: t.manage,
				actions
			}),
			who.value && /* @__PURE__ */ a("button", {
				class: "square",
				popovertarget: "who",
				"aria-label": t.who,
				title: t.who,
				children: /* @__PURE__ */ a(Icon, { of: "person" })
			}),
			/* @__PURE__ */ a("button", {
				class: "square",
				popovertarget: "menu",
				"aria-label": t.menu,
				title: t.menu,
				children: /* @__PURE__ */ a(Icon, { of: "menu" })
			}),
			/* @__PURE__ */ a(Who, { actions }),
			/* @__PURE__ */ a(Menu, { actions })
		]
	});
}
function Opener({ view, label, actions }) {
	const at = place$1.value?.view;
	const open = at !== void 0 && at === "orders" === (view === "orders");
	const press = () => {
		if (!open && sheet.peek() === 0) sheet.value = 1;
		actions.open(open ? void 0 : {
			view,
			id: void 0
		});
	};
	return /* @__PURE__ */ a("button", {
		class: "square",
		"aria-pressed": open,
		"aria-label": label,
		title: label,
		onClick: press,
		children: [/* @__PURE__ */ a(Icon, { of: view }), view === "orders" && /* @__PURE__ */ a("span", {
			class: "called",
			children: label
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
		case "live": return /* @__PURE__ */ a(Live, { silence: now.value.monotonic - heard.peek() });
		case "lost": return /* @__PURE__ */ a(State, {
			kind: "lost",
			word: t.lost,
			more: [since$1(), narrow.value ? "" : comeback(c.retry - now.value.monotonic)].filter(Boolean).join(" · ")
		});
		case "refused": return /* @__PURE__ */ a(State, {
			kind: "lost",
			word: t.refused
		});
	}
}
function Live({ silence }) {
	const t = text.value;
	const old = silence < 2e3 ? t.justNow : t.ago(age(silence, language.value));
	return silence > quiet$1 ? /* @__PURE__ */ a(State, {
		kind: "hushed",
		word: t.quiet,
		more: old
	}) : /* @__PURE__ */ a(State, {
		kind: "live",
		word: t.live,
		more: old
	});
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
function since$1() {
	return asOf.value === void 0 ? "" : text.value.asOf(timeOfDay(asOf.value, language.value, timezone.value));
}
function comeback(milliseconds) {
	return milliseconds < 500 ? text.value.retrying : text.value.retryIn(age(Math.max(1e3, milliseconds), language.value));
}
// src/beside.tsx
function Later({ part, props }) {
	const found = useSignal("waiting");
	const load = () => {
		part().then((is) => found.value = { is }, () => found.value = "missing");
	};
	A$1(load, []);
	if (typeof found.value === "object") return /* @__PURE__ */ a(found.value.is, { ...props });
	return found.value === "missing" ? /* @__PURE__ */ a(Missing, { load }) : null;
}
function Missing({ load }) {
	return /* @__PURE__ */ a("div", {
		class: "missing",
		role: "alert",
		children: [/* @__PURE__ */ a("p", { children: text.value.noPart }), /* @__PURE__ */ a("button", {
			class: "quiet",
			onClick: load,
			children: text.value.again
		})]
	});
}
// src/clipboard.ts
async function copy(text, shown) {
	try {
		await navigator.clipboard.writeText(text);
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
// src/heard.ts
var fresh = 5e3;
function heardShort(stamp) {
	if (connection.value.state === "lost") return timeOfDay(stamp, language.value, timezone.value);
	const old = since(stamp);
	return old < fresh ? text.value.now : age(old, language.value);
}
function heardLong(stamp) {
	if (connection.value.state === "lost") return timeOfDay(stamp, language.value, timezone.value);
	const old = since(stamp);
	return old < 1500 ? text.value.justNow : text.value.ago(age(old, language.value));
}
function since(stamp) {
	const { server } = now.value;
	return server === void 0 ? 0 : server - stamp;
}
function List({ actions }) {
	const { rows } = listing.value;
	return /* @__PURE__ */ a("div", {
		class: "list",
		children: [/* @__PURE__ */ a(Rows, {
			id: "list",
			label: text.value.list,
			height: 52,
			count: rows.length,
			at: position(),
			reveal: cursor.value,
			press: (event) => step$1(event, actions),
			draw: (index, props) => /* @__PURE__ */ a(Row, {
				courier: rows[index],
				props,
				press: actions.select
			}, rows[index].id)
		}), rows.length === 0 && /* @__PURE__ */ a(Nobody, {})]
	});
}
function Row({ courier, props, press }) {
	const { id, name, team } = courier;
	const t = text.value;
	const is = doing(courier, now.value.server);
	const at = cursor.value === void 0 ? selectedId.value === id : cursor.value === id;
	return /* @__PURE__ */ a("div", {
		...props,
		class: at ? "row-item at" : "row-item",
		"aria-selected": selectedId.value === id,
		onClick: () => press(id),
		children: [
			/* @__PURE__ */ a("span", {
				class: `shape ${is}`,
				role: "img",
				"aria-label": t.motion[is],
				title: t.motion[is]
			}),
			/* @__PURE__ */ a("span", {
				class: "who",
				children: /* @__PURE__ */ a("bdi", { children: name })
			}),
			/* @__PURE__ */ a("span", {
				class: "old",
				children: courier.position && heardShort(courier.position.stamp)
			}),
			/* @__PURE__ */ a("span", {
				class: "what",
				children: [/* @__PURE__ */ a("bdi", { children: id }), team !== "" && /* @__PURE__ */ a($, { children: [" · ", /* @__PURE__ */ a("bdi", { children: teams.value.get(team) ?? team })] })]
			}),
			/* @__PURE__ */ a("span", {
				class: "speed",
				children: is === "moving" && speedOf(courier)
			})
		]
	});
}
function Nobody() {
	const t = text.value;
	if (!loaded.value) return /* @__PURE__ */ a("p", {
		class: "nobody late muted",
		children: t.loading
	});
	const searched = query.value.trim();
	return /* @__PURE__ */ a("div", {
		class: "nobody",
		role: "status",
		children: [/* @__PURE__ */ a("p", { children: searched === "" ? t.noneSuch[filter.value] : t.noResult(`\u2068${searched}\u2069`) }), (searched !== "" || filter.value !== "all") && /* @__PURE__ */ a("button", {
			class: "quiet",
			onClick: showEverybody,
			children: searched === "" ? t.showEverybody : t.clearSearch
		})]
	});
}
function showEverybody() {
	query.value = "";
	filter.value = "all";
}
function speedOf({ position: at }) {
	if (!at || at.speed === null) return "";
	return `${digits$1(Math.round(at.speed * 3.6), language.value)} ${text.value.kmh}`;
}
// src/fold.ts
var digits = /[٠-٩۰-۹]/g;
var letters = {
	ي: "ی",
	ى: "ی",
	ك: "ک",
	ة: "ه",
	ە: "ه",
	ہ: "ه",
	ـ: ""
};
var others = new RegExp(`[${Object.keys(letters).join("")}]`, "g");
var unseen = /[\p{M}\p{Cf}]/gu;
function fold(text) {
	return text.normalize("NFKD").replace(unseen, "").replace(others, (letter) => letters[letter]).replace(digits, (digit) => String(digit.charCodeAt(0) & 15)).toLowerCase();
}
function haystack(...texts) {
	return texts.map((text) => fold(text).replace(/\s+/g, "")).join("\n");
}
function needles(query) {
	return fold(query).split(/\s+/).filter((word) => word !== "");
}
// src/phone.ts
function tel(phone) {
	return `tel:${fold(phone).replace(/[^+\d*#]/g, "")}`;
}
// src/card.tsx
function Card({ actions }) {
	const id = selectedId.value;
	if (id === void 0 || !loaded.value) return null;
	const courier = selected.value;
	return courier?.id === id && courier.position ? /* @__PURE__ */ a(Known, {
		courier,
		actions
	}) : /* @__PURE__ */ a(Unknown, {
		id,
		actions
	});
}
function Known({ courier, actions }) {
	const t = text.value;
	const is = doing(courier, now.value.server);
	const more = details.value?.id === courier.id ? details.value.known : void 0;
	return /* @__PURE__ */ a("section", {
		class: "card",
		"aria-label": courier.name,
		children: [
			/* @__PURE__ */ a(Close, { press: actions.deselect }),
			/* @__PURE__ */ a("h2", { children: /* @__PURE__ */ a("bdi", { children: courier.name }) }),
			/* @__PURE__ */ a("p", {
				class: "state",
				children: [
					/* @__PURE__ */ a("span", {
						class: `shape ${is}`,
						"aria-hidden": "true"
					}),
					t.motion[is],
					/* @__PURE__ */ a(Age, { stamp: courier.position.stamp })
				]
			}),
			/* @__PURE__ */ a(Later, {
				part: round,
				props: {
					id: courier.id,
					actions
				}
			}, courier.id),
			/* @__PURE__ */ a(Facts, {
				courier,
				more
			}),
			/* @__PURE__ */ a(Buttons, {
				courier,
				phone: more?.phone,
				actions
			})
		]
	});
}
var round = () => __vitePreload(async () => {
	const { Round } = await import("./dispatch.js");
	return { Round };
}, [], import.meta.url).then(({ Round }) => Round);
function Unknown({ id, actions }) {
	const t = text.value;
	return /* @__PURE__ */ a("section", {
		class: "card",
		"aria-label": t.unknown(id),
		children: [
			/* @__PURE__ */ a(Close, { press: actions.deselect }),
			/* @__PURE__ */ a("h2", { children: t.unknown(`\u2068${id}\u2069`) }),
			/* @__PURE__ */ a("p", {
				class: "muted",
				children: t.unknownWhy
			})
		]
	});
}
function Close({ press }) {
	return /* @__PURE__ */ a("button", {
		class: "square close",
		"aria-label": text.value.close,
		title: text.value.close,
		onClick: press,
		children: /* @__PURE__ */ a(Icon, { of: "close" })
	});
}
function Age({ stamp }) {
	return /* @__PURE__ */ a("time", {
		class: "muted",
		dateTime: new Date(stamp).toISOString(),
		title: exact(stamp, language.value, timezone.value),
		children: heardLong(stamp)
	});
}
function Facts({ courier, more }) {
	return /* @__PURE__ */ a("dl", {
		class: "facts",
		children: facts(courier, more).map(([name, value]) => /* @__PURE__ */ a("div", { children: [/* @__PURE__ */ a("dt", { children: name }), /* @__PURE__ */ a("dd", { children: /* @__PURE__ */ a("bdi", { children: value }) })] }, name))
	});
}
function facts(courier, more) {
	const t = text.value;
	const speak = language.value;
	const { lat, lon, heading, interval, stamp } = courier.position;
	const metres = (value) => `${digits$1(Math.round(value), speak)} ${t.metres}`;
	return [
		[t.card.id, courier.id],
		[t.card.username, courier.username === courier.name ? "" : courier.username],
		[t.card.team, teams.value.get(courier.team) ?? courier.team],
		[t.card.phone, more?.phone],
		[t.card.vehicle, more?.vehicle],
		[t.card.speed, speedOf(courier)],
		[t.card.heading, heading === null ? void 0 : `${wind(heading, speak)} · ${t.degrees(digits$1(Math.round(heading), speak))}`],
		[t.card.battery, more?.battery === void 0 ? void 0 : digits$1(more.battery, speak, { style: "percent" })],
		[t.card.accuracy, more?.accuracy === void 0 ? void 0 : `± ${metres(more.accuracy)}`],
		[t.card.altitude, more?.altitude === void 0 ? void 0 : metres(more.altitude)],
		[t.card.every, interval === null ? void 0 : age(interval, speak)],
		[t.card.heard, exact(stamp, speak, timezone.value)],
		[t.card.measured, more?.time === void 0 ? void 0 : exact(more.time, speak, timezone.value)],
		[t.card.position, coordinates(lat, lon, speak)]
	].flatMap(([name, value]) => value ? [[name, value]] : []);
}
function Buttons({ courier, phone, actions }) {
	const t = text.value;
	const { lat, lon } = courier.position;
	return /* @__PURE__ */ a("div", {
		class: "buttons",
		children: [
			/* @__PURE__ */ a("button", {
				class: "soft",
				"aria-pressed": following.value,
				onClick: actions.toggleFollow,
				children: [
					/* @__PURE__ */ a(Icon, { of: "follow" }),
					" ",
					following.value ? t.following : t.follow
				]
			}),
			phone !== void 0 && /* @__PURE__ */ a("a", {
				class: "soft",
				href: tel(phone),
				children: [
					/* @__PURE__ */ a(Icon, { of: "call" }),
					" ",
					t.call
				]
			}),
			mayManage.value && /* @__PURE__ */ a("button", {
				class: "soft",
				"aria-label": t.edit,
				title: t.edit,
				onClick: () => actions.open({
					view: "couriers",
					id: courier.id
				}),
				children: /* @__PURE__ */ a(Icon, { of: "edit" })
			}),
			/* @__PURE__ */ a(CopyButton, {
				icon: "copy",
				label: t.copyPlace,
				what: () => `${lat}, ${lon}`
			}),
			/* @__PURE__ */ a(CopyButton, {
				icon: "link",
				label: t.copyLink,
				what: () => location.href
			})
		]
	});
}
function CopyButton({ icon, label, what }) {
	const said = useSignal("");
	const shown = T(null);
	const press = async () => {
		const line = what();
		said.value = await copy(line, null) ? text.value.copied : line;
		if (said.value === line) requestAnimationFrame(() => shown.current && getSelection()?.selectAllChildren(shown.current));
	};
	return /* @__PURE__ */ a($, { children: [/* @__PURE__ */ a("button", {
		class: "soft",
		"aria-label": label,
		title: label,
		onClick: () => void press(),
		onBlur: () => said.value = "",
		children: /* @__PURE__ */ a(Icon, { of: icon })
	}), said.value !== "" && /* @__PURE__ */ a("span", {
		ref: shown,
		class: "said",
		role: "status",
		dir: "auto",
		children: said.value
	})] });
}
// src/token.tsx
function TokenForm({ give, button, focus, children }) {
	const field = T(null);
	A$1(() => {
		if (focus) field.current?.focus();
	}, []);
	const submit = (event) => {
		event.preventDefault();
		if (!(event.currentTarget instanceof HTMLFormElement)) return;
		const said = new FormData(event.currentTarget);
		event.currentTarget.reset();
		give(String(said.get("token")), said.has("keep"));
	};
	return /* @__PURE__ */ a("form", {
		class: "token",
		onSubmit: submit,
		children: [
			/* @__PURE__ */ a("label", {
				class: "field",
				children: [text.value.token, /* @__PURE__ */ a("input", {
					ref: field,
					name: "token",
					type: "password",
					dir: "ltr",
					autocomplete: "off",
					spellcheck: false,
					required: true
				})]
			}),
			children,
			/* @__PURE__ */ a("button", {
				class: "primary",
				children: button
			})
		]
	});
}
// src/door.tsx
function Door({ actions }) {
	const t = text.value;
	const { title, why } = reason();
	return /* @__PURE__ */ a("main", {
		class: "box middle door",
		children: [
			/* @__PURE__ */ a("h2", { children: title }),
			/* @__PURE__ */ a("p", {
				class: "muted",
				role: "status",
				children: why
			}),
			!barred() && login.value !== "" && /* @__PURE__ */ a("a", {
				class: "button primary",
				href: wayIn(login.value),
				onClick: forgetToken,
				children: t.logIn
			}),
			barred() && /* @__PURE__ */ a("p", { children: t.barred.other }),
			/* @__PURE__ */ a(TokenForm, {
				give: actions.enter,
				button: t.enter,
				focus: !barred() && login.value === "",
				children: /* @__PURE__ */ a("label", {
					class: "check",
					children: [/* @__PURE__ */ a("input", {
						name: "keep",
						type: "checkbox"
					}), t.keepToken]
				})
			}),
			barred() && token() !== void 0 && /* @__PURE__ */ a("button", {
				class: "quiet",
				onClick: actions.leave,
				children: t.leave
			})
		]
	});
}
function barred() {
	return connection.value.state === "refused" && connection.value.why === "barred";
}
function reason() {
	const t = text.value;
	const why = connection.value.state === "refused" ? connection.value.why : "unknown";
	const role = who.value?.role;
	if (why === "barred" && role !== void 0 && role !== "admin" && role !== "viewer") return {
		title: t.barred.title(t.roles[role]),
		why: t.barred[role]
	};
	if (why === "revoked") return {
		title: t.ended.revoked,
		why: t.ended.revokedWhy
	};
	if (why === "expired") {
		const at = expiry.value;
		return {
			title: t.ended.expired,
			why: at === void 0 ? t.ended.expiredWhy : t.ended.expiredAt(exact(at, language.value, timezone.value))
		};
	}
	if (badToken.value || token() !== void 0) return {
		title: t.needToken,
		why: t.wrongToken
	};
	return login.value === "" ? {
		title: t.needToken,
		why: t.needTokenWhy
	} : {
		title: t.needLogIn,
		why: t.needLogInWhy
	};
}
// src/empty.tsx
function Empty() {
	const t = text.value;
	const copied = useSignal(false);
	const code = T(null);
	const token$1 = token();
	const press = async () => {
		copied.value = await copy(firstPosition(token$1), code.current);
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
					onClick: () => void press(),
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
		`curl ${at("api/v1/locations")}`,
		...token === void 0 ? [] : [`-H 'Authorization: Bearer ${token}'`],
		`-H 'Content-Type: application/json'`,
		`-d '{"latitude": 35.7, "longitude": 51.4, "user": {"id": 1, "username": "sara"}}'`
	].join(" \\\n  ");
}
// src/ending.tsx
var early = 6e4;
function Ending({ actions }) {
	const t = text.value;
	const putOff = useSignal(void 0);
	const until = who.value?.until;
	const left = (who.value?.ends ?? Infinity) - now.value.monotonic;
	const near = left < early && putOff.value !== until && connection.value.state !== "refused";
	if (!near && !badToken.value) return null;
	const done = () => {
		if (near) putOff.value = until;
		badToken.value = false;
	};
	return /* @__PURE__ */ a("section", {
		class: "box ending",
		"aria-label": t.who,
		children: [
			/* @__PURE__ */ a("p", {
				class: "row",
				children: [/* @__PURE__ */ a("strong", {
					role: "status",
					children: badToken.value ? t.badToken : t.endsSoon
				}), near && /* @__PURE__ */ a("span", {
					class: "muted",
					children: t.endsIn(age(Math.max(0, left), language.value))
				})]
			}),
			/* @__PURE__ */ a("p", {
				class: "muted",
				children: t.renewWhy
			}),
			/* @__PURE__ */ a(TokenForm, {
				give: (token) => actions.enter(token),
				button: t.goOn
			}),
			/* @__PURE__ */ a("button", {
				class: "square close",
				"aria-label": t.later,
				title: t.later,
				onClick: done,
				children: /* @__PURE__ */ a(Icon, { of: "close" })
			})
		]
	});
}
// src/finder.tsx
var filters = [
	"all",
	"moving",
	"stopped",
	"silent"
];
function Search({ actions }) {
	const t = text.value;
	return /* @__PURE__ */ a("div", {
		class: "search",
		children: [
			/* @__PURE__ */ a(Icon, { of: "search" }),
			/* @__PURE__ */ a("input", {
				id: "search",
				role: "combobox",
				"aria-label": t.search,
				"aria-controls": "list",
				"aria-expanded": "true",
				"aria-autocomplete": "list",
				"aria-activedescendant": optionId(),
				placeholder: t.searchHint,
				value: query.value,
				autocomplete: "off",
				spellcheck: false,
				enterkeyhint: "search",
				onInput: (event) => searchFor(event.currentTarget.value),
				onKeyDown: (event) => step$1(event, actions)
			}),
			query.value === "" ? /* @__PURE__ */ a("kbd", {
				class: "hint",
				"aria-hidden": "true",
				children: "/"
			}) : /* @__PURE__ */ a("button", {
				class: "square",
				"aria-label": t.clearSearch,
				onClick: () => query.value = "",
				children: /* @__PURE__ */ a(Icon, { of: "close" })
			}),
			/* @__PURE__ */ a("button", {
				class: "square fold",
				"aria-label": t.fold,
				title: t.fold,
				onClick: () => folded.value = true,
				children: /* @__PURE__ */ a(Icon, { of: "start" })
			})
		]
	});
}
function searchFor(words) {
	query.value = words;
	if (words !== "" && sheet.peek() === 0) sheet.value = 1;
}
function Chips() {
	const t = text.value;
	const { counts } = listing.value;
	return /* @__PURE__ */ a("div", {
		class: "chips",
		role: "group",
		"aria-label": t.filter,
		children: filters.map((each) => /* @__PURE__ */ a("button", {
			class: "chip",
			"aria-pressed": filter.value === each,
			onClick: () => filter.value = each,
			children: [
				each !== "all" && /* @__PURE__ */ a("span", {
					class: `shape ${each}`,
					"aria-hidden": "true"
				}),
				/* @__PURE__ */ a("span", {
					class: "label",
					children: t.filters[each]
				}),
				" ",
				/* @__PURE__ */ a("b", { children: digits$1(counts[each], language.value) })
			]
		}, each))
	});
}
// src/sheet.tsx
function sheetHeights(window) {
	return [
		118,
		Math.round(window * .52),
		window - 64
	];
}
function Handle() {
	const drag = T(void 0);
	const down = (event) => {
		event.currentTarget.setPointerCapture(event.pointerId);
		drag.current = {
			from: event.clientY,
			height: panel(event).offsetHeight,
			moved: false,
			over: false
		};
	};
	const move = (event) => {
		const now = drag.current;
		if (!now || now.over) return;
		const by = now.from - event.clientY;
		now.moved ||= Math.abs(by) > 6;
		if (!now.moved) return;
		panel(event).classList.add("dragged");
		panel(event).style.blockSize = `${now.height + by}px`;
	};
	const up = (event) => {
		const now = drag.current;
		if (!now) return;
		now.over = true;
		if (!now.moved) return;
		sheet.value = nearest(panel(event).offsetHeight);
		panel(event).classList.remove("dragged");
		panel(event).style.blockSize = "";
	};
	const label = text.value.sheet[sheet.value];
	return /* @__PURE__ */ a("button", {
		class: "handle",
		"aria-label": label,
		onPointerDown: down,
		onPointerMove: move,
		onPointerUp: up,
		onPointerCancel: up,
		onClick: () => drag.current?.moved || next(),
		children: /* @__PURE__ */ a("span", {})
	});
}
function panel(event) {
	return event.currentTarget.parentElement;
}
function next() {
	sheet.value = sheet.value === 2 ? 0 : sheet.value === 1 ? 2 : 1;
}
function nearest(height) {
	const off = sheetHeights(innerHeight).map((each) => Math.abs(each - height));
	return off.indexOf(Math.min(...off));
}
// src/panel.tsx
function Panel({ actions }) {
	const refused = connection.value.state === "refused";
	const empty = inStep.value && count.value === 0 && connection.value.state === "live" && selectedId.value === void 0 && who.value?.actions.includes("publish");
	const open = place$1.value?.view;
	const managing = mayManage.value && open !== void 0 && open !== "orders";
	return /* @__PURE__ */ a($, { children: [
		/* @__PURE__ */ a(GroundNote, { actions }),
		/* @__PURE__ */ a(Bar, { actions }),
		/* @__PURE__ */ a(Ending, { actions }),
		refused ? /* @__PURE__ */ a(Door, { actions }) : managing ? /* @__PURE__ */ a(Later, {
			part: desk,
			props: { actions }
		}) : empty && open !== "orders" ? /* @__PURE__ */ a(Empty, {}) : /* @__PURE__ */ a(Side, { actions }),
		/* @__PURE__ */ a(Controls, { actions }),
		/* @__PURE__ */ a(Keys, {})
	] });
}
var desk = () => __vitePreload(async () => {
	const { Desk } = await import("./desk.js");
	return { Desk };
}, [], import.meta.url).then(({ Desk }) => Desk);
var orders = () => __vitePreload(async () => {
	const { Orders } = await import("./dispatch.js");
	return { Orders };
}, [], import.meta.url).then(({ Orders }) => Orders);
function Side({ actions }) {
	const t = text.value;
	const away = folded.value && !narrow.value;
	const at = place$1.value?.view === "orders" ? place$1.value : void 0;
	const card = at?.id === void 0;
	return /* @__PURE__ */ a("main", {
		class: [
			"box",
			"panel",
			away && "away",
			card && selectedId.value !== void 0 && "with-card",
			connection.value.state === "lost" && "outdated"
		].filter(Boolean).join(" "),
		"aria-label": t.panel,
		"data-sheet": sheet.value,
		children: [
			narrow.value && /* @__PURE__ */ a(Handle, {}),
			away ? /* @__PURE__ */ a(Unfold, {}) : at ? /* @__PURE__ */ a(Later, {
				part: orders,
				props: { actions }
			}) : /* @__PURE__ */ a(Found, { actions }),
			card && /* @__PURE__ */ a(Card, { actions })
		]
	});
}
function Found({ actions }) {
	return /* @__PURE__ */ a($, { children: [
		/* @__PURE__ */ a(Search, { actions }),
		/* @__PURE__ */ a(Chips, {}),
		/* @__PURE__ */ a(List, { actions })
	] });
}
function Unfold() {
	const t = text.value;
	return /* @__PURE__ */ a("button", {
		class: "unfold",
		"aria-label": t.unfold,
		title: t.unfold,
		onClick: () => folded.value = false,
		children: [
			/* @__PURE__ */ a(Icon, { of: "list" }),
			" ",
			t.couriers(digits$1(count.value, language.value), count.value === 1)
		]
	});
}
function Controls({ actions }) {
	const t = text.value;
	return /* @__PURE__ */ a("div", {
		class: "box controls",
		role: "group",
		"aria-label": t.map,
		children: [
			/* @__PURE__ */ a(Control, {
				label: t.zoomIn,
				icon: "plus",
				press: () => actions.zoom(1)
			}),
			/* @__PURE__ */ a(Control, {
				label: t.zoomOut,
				icon: "minus",
				press: () => actions.zoom(-1)
			}),
			/* @__PURE__ */ a(Control, {
				label: t.showAll,
				icon: "all",
				press: actions.showAll
			})
		]
	});
}
function Control({ label, icon, press }) {
	return /* @__PURE__ */ a("button", {
		"aria-label": label,
		title: label,
		onClick: press,
		children: /* @__PURE__ */ a(Icon, { of: icon })
	});
}
function GroundNote({ actions }) {
	const t = text.value;
	return /* @__PURE__ */ a("div", {
		class: "notes",
		children: [
			ground.value === "fallback" && connection.value.state !== "refused" && /* @__PURE__ */ a("p", {
				role: "status",
				children: [t.fallback, /* @__PURE__ */ a("button", {
					class: "quiet",
					onClick: actions.relay,
					children: t.again
				})]
			}),
			ground.value === "none" && /* @__PURE__ */ a("p", {
				role: "alert",
				children: t.noWebGL
			}),
			city$1.value && /* @__PURE__ */ a("p", { children: t.demoCity })
		]
	});
}
// src/clock.ts
var quiet = 15e3;
var FrameClock = class {
	ahead;
	heard = 0;
	stopped = false;
	reset() {
		this.ahead = void 0;
	}
	hear(version, at) {
		const ahead = version - at;
		if (this.ahead === void 0 || ahead > this.ahead) this.ahead = ahead;
		this.heard = at;
		this.stopped = false;
	}
	stop() {
		this.stopped = true;
	}
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
	numbered = /* @__PURE__ */ new Map();
	named = [];
	held = /* @__PURE__ */ new Map();
	loose = /* @__PURE__ */ new Set();
	changed = /* @__PURE__ */ new Set();
	step = false;
	get couriers() {
		return this.held;
	}
	cells() {
		const all = [];
		for (const part of this.parts.values()) all.push(...part.cells.values());
		return all;
	}
	get count() {
		return this.cells().reduce((sum, { count }) => sum + count, this.held.size);
	}
	get inStep() {
		return this.step;
	}
	have() {
		if (this.epoch === "") return void 0;
		const versions = /* @__PURE__ */ new Map();
		for (const [name, part] of this.parts) if (part.version > 0) versions.set(name, part.version);
		return {
			epoch: this.epoch,
			versions
		};
	}
	takeChanged() {
		const taken = this.changed;
		this.changed = /* @__PURE__ */ new Set();
		return taken;
	}
	apply(message, at) {
		switch (message.type) {
			case "hello":
				this.begin(message.epoch);
				this.clock.hear(message.version, at);
				return "applied";
			case "parts":
				this.named.push(...message.parts);
				if (!message.more) this.name(this.named.splice(0));
				return "applied";
			case "frame":
				this.clock.hear(message.to, at);
				return this.frame(message);
			case "upto":
				this.clock.hear(message.version, at);
				this.arrive(message.version);
				return "applied";
			case "beat":
				this.clock.hear(message.version, at);
				return "applied";
			default: return "applied";
		}
	}
	lost() {
		this.step = false;
		this.clock.stop();
		for (const part of this.parts.values()) this.forgetIncoming(part);
	}
	clear() {
		this.step = false;
		this.epoch = "";
		this.parts.clear();
		this.numbered.clear();
		for (const id of this.held.keys()) this.remove(id);
	}
	begin(epoch) {
		this.step = false;
		this.clock.reset();
		this.numbered.clear();
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
	name(parts) {
		const named = new Set(parts.map(({ part }) => part));
		for (const [name, part] of this.parts) if (!named.has(name)) this.drop(name, part);
		this.numbered = /* @__PURE__ */ new Map();
		for (const { number, part: name } of parts) {
			const part = this.parts.get(name) ?? {
				version: 0,
				...nothing(),
				incoming: void 0,
				ghosts: /* @__PURE__ */ new Set()
			};
			this.parts.set(name, part);
			this.numbered.set(number, part);
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
		const part = this.numbered.get(frame.part);
		if (!part) return "applied";
		if (frame.from > part.version) return "gap";
		if (frame.full) {
			this.forgetIncoming(part);
			part.incoming = nothing();
		}
		const { members, cells } = part.incoming ?? part;
		for (const number of frame.left) this.leave(part, members, number);
		for (const who of frame.introduced) this.introduce(part, members, who);
		for (const { number, position } of frame.at) this.move(part, members.get(number), position);
		for (const { index, cell } of frame.cells) if (cell) cells.set(index, cell);
		else cells.delete(index);
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
	replace(part, incoming) {
		const kept = new Set(incoming.members.values());
		for (const id of part.members.values()) if (!kept.has(id)) this.release(part, id);
		part.members = incoming.members;
		part.cells = incoming.cells;
		part.incoming = void 0;
		part.ghosts.clear();
	}
	forgetAll(part) {
		this.forgetIncoming(part);
		this.replace(part, nothing());
	}
	forgetIncoming(part) {
		if (!part.incoming) return;
		const kept = new Set(part.members.values());
		for (const id of part.incoming.members.values()) if (!kept.has(id)) this.release(part, id);
		part.incoming = void 0;
	}
	release(part, id) {
		const courier = this.held.get(id);
		if (!courier) return;
		courier.holders.delete(part);
		if (courier.holders.size === 0) this.loose.add(id);
		else this.show(courier);
	}
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
	arrive(version) {
		this.step = true;
		for (const part of this.parts.values()) {
			if (part.version === 0) this.forgetAll(part);
			part.version = Math.max(part.version, version);
			part.ghosts.clear();
		}
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
function nothing() {
	return {
		members: /* @__PURE__ */ new Map(),
		cells: /* @__PURE__ */ new Map()
	};
}
// src/stream.ts
var silence = 25e3;
var firstWait = 500;
var longestWait = 3e4;
var closeCodes = /* @__PURE__ */ new Map([[4401, "expired"], [4403, "revoked"]]);
var settled = 1e4;
var Stream = class {
	outside;
	picture;
	changed;
	connection = { state: "connecting" };
	socket;
	attempt = 0;
	opened;
	named = false;
	failures = 0;
	bye;
	asked = 0;
	cancelTimer = () => {};
	reply;
	constructor(outside, picture, changed) {
		this.outside = outside;
		this.picture = picture;
		this.changed = changed;
	}
	open() {
		this.dismiss();
		if (this.connection.state !== "lost") this.become({ state: "connecting" });
		const token = this.outside.token();
		this.attempt += 1;
		this.opened = void 0;
		this.named = false;
		this.bye = void 0;
		this.socket = this.outside.connect(token ? ["peyk.v1.json", `bearer.${token}`] : ["peyk.v1.json"], this.ear());
		this.wait(silence, () => void this.closed());
	}
	wake() {
		if (this.connection.state === "lost") this.open();
		else if (this.connection.state === "live" && this.outside.now() - this.connection.heard > silence) this.lose();
	}
	offer(token) {
		this.answer("away");
		if (this.connection.state !== "live" || !this.socket) return Promise.resolve("away");
		this.socket.send(tell(token));
		return new Promise((reply) => this.reply = reply);
	}
	end(why) {
		this.dismiss();
		this.attempt += 1;
		this.become({
			state: "refused",
			why
		});
	}
	ear() {
		const attempt = this.attempt;
		const current = () => attempt === this.attempt && this.socket !== void 0;
		return {
			open: () => current() && this.socket?.send(watch(this.picture.have())),
			message: (text) => current() && this.take(text),
			close: (code) => current() && void this.closed(code)
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
		if (message.type === "parts") this.name();
		if (message.type === "right") this.answer("taken");
		if (message.type === "error") this.answer("bad");
		if (this.picture.apply(message, at) === "gap") this.watchAgain(at);
	}
	name() {
		if (this.named) this.outside.renamed();
		this.named = true;
	}
	watchAgain(at) {
		if (at - this.asked < 1e3) return;
		this.asked = at;
		this.socket?.send(watch(this.picture.have()));
	}
	async closed(code) {
		const why = closeCodes.get(code) ?? closeCodes.get(this.bye?.code);
		if (why) return this.end(why);
		this.dismiss();
		const opened = this.opened !== void 0;
		if (opened) this.lose();
		const attempt = this.attempt;
		const standing = await this.outside.standing();
		if (attempt !== this.attempt) return;
		if (standing !== "welcome" && standing !== "unreachable") this.end(standing);
		else if (!opened) this.lose();
	}
	answer(reply) {
		this.reply?.(reply);
		this.reply = void 0;
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
	dismiss() {
		this.cancelTimer();
		this.answer("away");
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
// src/roster.ts
var few = 32;
var Roster = class {
	entries = /* @__PURE__ */ new Map();
	order = [];
	collator;
	constructor(locale) {
		this.collator = new Intl.Collator(locale, {
			numeric: true,
			sensitivity: "base"
		});
	}
	refresh(couriers, now, { query, filter }) {
		this.follow(couriers);
		const words = needles(query);
		const counts = {
			all: 0,
			moving: 0,
			stopped: 0,
			silent: 0
		};
		const rows = [];
		for (const { courier, hay } of this.order) {
			if (!words.every((word) => hay.includes(word))) continue;
			const is = doing(courier, now);
			counts.all += 1;
			counts[is] += 1;
			if (filter === "all" || filter === is) rows.push(courier);
		}
		if (filter === "silent") rows.sort((a, b) => (b.position?.stamp ?? 0) - (a.position?.stamp ?? 0));
		return {
			rows,
			counts
		};
	}
	follow(couriers) {
		const fresh = [];
		for (const [id, courier] of couriers) {
			const entry = this.entries.get(id);
			if (entry?.courier === courier && entry.name === courier.name) continue;
			const { name, username } = courier;
			const next = {
				courier,
				name,
				hay: haystack(name, username, id)
			};
			this.entries.set(id, next);
			fresh.push(next);
		}
		if (fresh.length === 0 && this.entries.size === couriers.size) return;
		for (const id of this.entries.keys()) if (!couriers.has(id)) this.entries.delete(id);
		const added = new Set(fresh);
		const kept = this.order.filter((entry) => this.entries.get(entry.courier.id) === entry && !added.has(entry));
		this.order = fresh.length > few ? [...kept, ...fresh].toSorted(this.compare) : this.insert(kept, fresh);
	}
	insert(order, fresh) {
		for (const entry of fresh) {
			let [from, to] = [0, order.length];
			while (from < to) {
				const middle = from + to >> 1;
				if (this.compare(order[middle], entry) <= 0) from = middle + 1;
				else to = middle;
			}
			order.splice(from, 0, entry);
		}
		return order;
	}
	compare = (a, b) => this.collator.compare(a.name, b.name) || this.collator.compare(a.courier.id, b.courier.id);
};
// src/teller.ts
var pause = 100;
var Teller = class {
	picture;
	roster = new Roster(locales.en);
	timer;
	constructor(picture) {
		this.picture = picture;
		x(() => {
			this.roster = new Roster(locales[language.value]);
			this.list();
		});
		x(() => {
			this.list({
				query: query.value,
				filter: filter.value
			});
		});
		selectedId.subscribe(() => this.select());
	}
	tell(connection$1) {
		const { picture } = this;
		if (connection$1.state === "refused") picture.clear();
		r(() => {
			if (connection$1.state === "live") heard.value = connection$1.heard;
			if (connection$1.state !== "live" || connection.peek().state !== "live") connection.value = connection$1;
			inStep.value = picture.inStep;
			if (picture.inStep) this.load();
			if (connection$1.state === "refused") this.forget();
			if (count.peek() !== picture.count) this.newcomers();
			count.value = picture.count;
			this.select();
		});
	}
	tick(monotonic) {
		now.value = {
			monotonic,
			server: this.picture.clock.now(monotonic)
		};
		this.list();
	}
	load() {
		if (loaded.peek()) return;
		loaded.value = true;
		this.tick(performance.now());
	}
	forget() {
		loaded.value = false;
		asOf.value = void 0;
		details.value = void 0;
		cursor.value = void 0;
		this.list();
	}
	newcomers() {
		this.timer ??= setTimeout(() => {
			this.timer = void 0;
			this.tick(performance.now());
		}, pause);
	}
	list(wanted = {
		query: query.peek(),
		filter: filter.peek()
	}) {
		const now = this.picture.clock.now(performance.now());
		if (connection.peek().state === "live") asOf.value = now;
		listing.value = this.roster.refresh(this.picture.couriers, now, wanted);
	}
	select() {
		const id = selectedId.peek();
		const courier = id === void 0 ? void 0 : this.picture.couriers.get(id);
		const shown = selected.peek();
		if (courier && shown?.id === id && shown?.name === courier.name && shown.position?.stamp === courier.position?.stamp) return;
		selected.value = courier && { ...courier };
	}
};
// src/main.tsx
var second = 1e3;
function start() {
	const token = takeTokenFromAddress();
	if (token !== void 0) keepToken(token, false);
	followBrowser();
	x(() => dress(text.value.title));
	const picture = new Picture();
	const teller = new Teller(picture);
	let map;
	let ground;
	const stream = new Stream(browser(learn), picture, (connection) => {
		teller.tell(connection);
		if (connection.state === "refused") map?.forget();
		else map?.draw();
	});
	const bearings = new Bearings(() => map?.camera);
	const access = new Access(stream);
	const act = {
		...actions(access, bearings, () => map),
		sight: () => ({
			picture,
			map
		}),
		relay: () => void ground?.relay()
	};
	Q(/* @__PURE__ */ a(Panel, { actions: act }), element("panel"));
	listenToKeys(act, () => map?.closeFan() ?? false);
	stream.open();
	access.look();
	addEventListener("popstate", () => {
		const fresh = takeTokenFromAddress();
		if (fresh === void 0) bearings.read();
		else access.enter(fresh);
	});
	addEventListener("online", () => stream.wake());
	document.addEventListener("visibilitychange", () => document.hidden || stream.wake());
	configured().then((config) => {
		timezone.value = config.timezone;
		login.value = config.login;
		map = draw(picture, bearings);
		ground = map && lay(map, config);
		bearings.read();
		keepTime(teller, access, () => map);
		offerHook(picture, map);
	});
}
function actions(access, bearings, map) {
	return {
		zoom: (by) => map()?.camera.zoom(by),
		showAll: () => {
			following.value = false;
			map()?.showAll();
		},
		select: (id) => bearings.select(id),
		deselect: () => bearings.deselect(),
		toggleFollow: () => bearings.follow(!following.peek()),
		speak,
		shade: (shade$2) => {
			shade.value = shade$2;
			keepShade(shade$2);
		},
		enter: (token, forLong) => void access.enter(token, forLong),
		leave: () => access.leave(),
		open: (place) => bearings.open(place)
	};
}
function draw(picture, bearings) {
	let map;
	const ears = {
		picked: (id) => bearings.pick(id),
		loosened: () => bearings.follow(false),
		moved: () => bearings.write()
	};
	try {
		map = new CourierMap(element("map"), picture, theme.peek(), ears, request);
	} catch {
		ground.value = "none";
		return;
	}
	x(() => {
		const [t, language$2] = [text.value, language.value];
		const say = (count) => digits$1(count, language$2);
		map.speak(t.map, {
			digits: say,
			label: (count) => t.cluster(say(count)),
			leftwards: language$2 === "fa"
		});
	});
	x(() => map.select(selectedId.value ?? bringer.value));
	x(() => map.follow(following.value ? selectedId.value : void 0));
	x(() => map.stale(connection.value.state !== "live" || !inStep.value));
	x(() => {
		map.camera.makeRoom(inset());
	});
	map.draw();
	return map;
}
function lay(map, config) {
	const ground = new Ground(map, config, {
		...page_exports,
		request
	});
	ground.lay();
	entries.subscribe(() => void ground.relay());
	return ground;
}
function request(url) {
	return mapRequest(url, token());
}
function inset() {
	const sides = {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0
	};
	if (narrow.value) [sides.top, sides.bottom] = [48, sheetHeights(innerHeight)[sheet.value === 0 ? 0 : 1]];
	else if (mayManage.value && place$1.value && place$1.value.view !== "orders") sides[language.value === "fa" ? "right" : "left"] = Math.min(760, innerWidth * .6) + 24;
	else if (!folded.value || selectedId.value !== void 0) sides[language.value === "fa" ? "right" : "left"] = 384;
	return sides;
}
function keepTime(teller, access, map) {
	const asker = new Asker(detailsOf);
	const tick = () => {
		access.tick();
		if (document.hidden) return;
		r(() => teller.tick(performance.now()));
		map()?.watchSilence();
		asker.look(performance.now());
	};
	setInterval(tick, second);
	document.addEventListener("visibilitychange", tick);
	selectedId.subscribe(() => void asker.look(performance.now()));
}
function element(id) {
	const found = document.getElementById(id);
	if (!found) throw new Error(`the page has no #${id}`);
	return found;
}
start();
export { A$1 as $, ask as A, array as B, age as C, texts as D, hourAndMinute as E, stateOf as F, number as G, json as H, root as I, words as J, object as K, one as L, moment$1 as M, orderStates as N, language as O, placeOf$1 as P, y$1 as Q, parseTeams as R, whom as S, digits$1 as T, known$1 as U, flag as V, list as W, useSignal as X, useComputed as Y, O as Z, selectedId as _, silent as a, who as b, a as c, ground as d, F$1 as et, loaded as f, place$1 as g, now as h, Icon as i, hasEnded as j, timezone as k, nameTeams as l, mayManage as m, fold as n, w$2 as nt, Rows as o, managesAll as p, string as q, copy as r, $ as rt, rowId as s, tel as t, T as tt, bringer as u, sheet as v, date as w, some as x, teams as y, roles as z };
