package tile

import "slices"

// addressesIn returns every address of the web that stands anywhere in a
// document, but in what is there for people.
func addressesIn(document any) (found []string) {
	switch value := document.(type) {
	case string:
		if originOf(value) != "" {
			found = append(found, value)
		}
	case []any:
		for _, item := range value {
			found = append(found, addressesIn(item)...)
		}
	case map[string]any:
		for key, item := range value {
			if key != "attribution" && key != "metadata" {
				found = append(found, addressesIn(item)...)
			}
		}
	}
	return found
}

// maxOrigins bounds the policy that goes out with every page.
const maxOrigins = 32

// origins returns the origin of each address once.
func origins(addresses []string) []string {
	found := []string{}
	for _, address := range addresses {
		if at := originOf(address); at != "" && !slices.Contains(found, at) && len(found) < maxOrigins {
			found = append(found, at)
		}
	}
	return found
}
