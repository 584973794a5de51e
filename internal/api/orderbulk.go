package api

import (
	"encoding/json"
	"net/http"

	"peyk"
	"peyk/internal/ingest"
	rules "peyk/internal/order"
)

// Bounds of a list of orders.
const (
	MaxOrders     = 10_000
	MaxOrdersBody = 8 << 20 // bytes
)

// postOrders replaces what the shop says of many orders: of all or, if anything
// is wrong with one of them, of none.
func (s *Server) postOrders(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	o, err := readObject(w, r, MaxOrdersBody)
	if err != nil {
		return err
	}
	raws, err := o.list("orders", MaxOrders)
	if err != nil {
		return err
	}
	says, ids, err := ordersOf(raws)
	if err != nil {
		return err
	}
	if err := s.knowTeams(r, who); err != nil {
		return err
	}
	made := 0
	return s.edit(w, r, edit{
		who: who, body: o.body, ids: ids,
		make: func(was []peyk.Order) (are []peyk.Order, err error) {
			are, made, err = s.putAll(who, was, says)
			return are, err
		},
		answer: func(are []peyk.Order) answered {
			return answered{Status: http.StatusOK, Body: encode(put{made, len(are) - made})}
		},
	})
}

// ordersOf reads orders. Its error names all that are wrong, up to maxWrong.
func ordersOf(raws []json.RawMessage) (says []peyk.Order, ids []string, err error) {
	wrong := wrongItems{of: "orders"}
	seen := make(map[string]bool, len(raws))
	for i, raw := range raws {
		o, err := objectOf(raw)
		if err == nil {
			says = append(says, o.order(o.text("id")))
			id := says[len(says)-1].ID
			if ids = append(ids, id); seen[id] {
				o.complain("id", "This order is in the list twice.")
			}
			seen[id] = true
			err = o.end()
		}
		if wrong.add(i, err) {
			break
		}
	}
	return says, ids, wrong.err()
}

// putAll is what orders are once the shop has said all of them.
func (s *Server) putAll(who peyk.Identity, was, says []peyk.Order) (are []peyk.Order, made int, err error) {
	now := s.o.Now()
	wrong := wrongItems{of: "orders"}
	are = make([]peyk.Order, len(was))
	for i := range was {
		if was[i].State == 0 {
			made++
		}
		err := s.mayPutOrder(who, was[i], says[i].Courier)
		if err == nil {
			are[i], err = rules.Put(was[i], says[i], now)
		}
		if err != nil && wrong.add(i, s.wrongOrder(err)) {
			break
		}
	}
	return are, made, wrong.err()
}

// wrongOrder says of which field it is that an order of a list cannot be so.
func (s *Server) wrongOrder(err error) error {
	if conflict, of := err.(rules.Conflict); of {
		return ingest.FieldErrors{{Field: "state", Sentences: []string{sentence(conflict)}}}
	}
	return s.refusedEdit(err)
}
