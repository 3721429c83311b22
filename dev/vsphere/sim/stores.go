package main

import (
	"fmt"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// storeChange is what happens to a datastore behind everybody's back.
type storeChange struct {
	Name    string `json:"name"`    // of the datastore
	Mode    string `json:"mode"`    // normal, inMaintenance, away (not accessible); empty leaves it
	FreeGB  *int64 `json:"freeGB"`  // free space
	Without string `json:"without"` // name of a host that does not reach it any more
}

func (x *storeChange) make() error {
	for _, e := range simulator.Map.All("Datastore") {
		if ds := e.(*simulator.Datastore); ds.Name == x.Name {
			simulator.Map.WithLock(ds, func() { simulator.Map.Update(ds, x.changes()) })
			return x.unmount(ds.Self)
		}
	}
	return fmt.Errorf("no datastore %s", x.Name)
}

func (x *storeChange) changes() []types.PropertyChange {
	var all []types.PropertyChange
	set := func(path string, v interface{}) { all = append(all, types.PropertyChange{Name: path, Val: v}) }
	switch x.Mode {
	case "normal", "inMaintenance":
		set("summary.maintenanceMode", x.Mode)
		set("summary.accessible", true)
	case "away":
		set("summary.accessible", false)
	}
	if x.FreeGB != nil {
		set("summary.freeSpace", *x.FreeGB<<30)
	}
	return all
}

func (x *storeChange) unmount(ds types.ManagedObjectReference) error {
	if x.Without == "" {
		return nil
	}
	for _, e := range simulator.Map.All("HostSystem") {
		host := e.(*simulator.HostSystem)
		if host.Name != x.Without {
			continue
		}
		var left []types.ManagedObjectReference
		for _, each := range host.Datastore {
			if each != ds {
				left = append(left, each)
			}
		}
		simulator.Map.WithLock(host, func() {
			simulator.Map.Update(host, []types.PropertyChange{{Name: "datastore", Val: left}})
		})
		return nil
	}
	return fmt.Errorf("no host %s", x.Without)
}
