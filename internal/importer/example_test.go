package importer_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"officeimporter/internal/importer"
	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
)

// The example imports three offices of a CSV file into the simulator, twice.
func Example() {
	folder, _ := os.MkdirTemp("", "importer")
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "offices.csv")
	_ = os.WriteFile(path, []byte("Name,Country,Address,City,State,Zip\n"+
		"Boston Harbor,US,1 Example Way,Boston,MA,02134\nOakland,US,2 Example Way,Oakland,CA,94607\nAustin,US,3 Example Way,Austin,TX,73301\n"), 0o600)
	input := importer.Input{Defaults: map[string]string{"currency": "USD", "plan_period": "monthly", "unified_billing": "no",
		"invoiced": "no", "annual_commit_monthly_billing": "no", "use_same_address": "yes"}}

	server := simulator.New(simulator.Config{})
	_ = server.Listen("127.0.0.1:0")
	defer server.Close()
	to, _ := importer.ParseServer(server.URL())
	for range 2 {
		result, err := importer.Import(context.Background(), path, input, importer.Options{Target: importer.Target{Server: to, Key: importer.Key("secret"), State: folder}})
		if err != nil || result.Stopped != nil {
			fmt.Println("not done:", err, result)
			return
		}
		fmt.Println(result.Count(office.Created), "created,", result.New, "of them by this run")
	}
	// Output:
	// 3 created, 3 of them by this run
	// 3 created, 0 of them by this run
}
