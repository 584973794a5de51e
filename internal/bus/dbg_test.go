package bus
import ("os";"log/slog")
func dbg(o *Options){ o.Log = slog.New(slog.NewTextHandler(os.Stdout,nil)) }
