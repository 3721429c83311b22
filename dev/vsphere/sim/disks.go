package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
	"github.com/vmware/govmomi/vslm"
)

// since tells with which version of the API a method came, of those that are
// newer than the oldest vCenter that can be played here.
var since = map[string]string{
	"VStorageObjectCreateSnapshot_Task": "6.7",
	"RetrieveSnapshotInfo":              "6.7",
	"CreateDiskFromSnapshot_Task":       "6.7",
	"DeleteSnapshot_Task":               "6.7",
	"SetVStorageObjectControlFlags":     "6.7",
}

// checkVersion refuses a version that this vCenter does not speak, and a
// method that the version named by the call does not have. A call that names
// none gets all that there is.
func checkVersion(action, method, announced string) error {
	named := strings.TrimPrefix(strings.Trim(action, `"`), vimNS)
	named = strings.TrimPrefix(named, "/")
	if named == "" {
		named = announced
	}
	if older(announced, named) {
		return fmt.Errorf("unsupported version URI %q", action)
	}
	if first, ok := since[method]; ok && older(named, first) {
		return fmt.Errorf("unable to resolve WSDL method name %s in version %s", method, named)
	}
	return nil
}

func older(version, than string) bool {
	a, b := strings.Split(version, "."), strings.Split(than, ".")
	for i := 0; i < len(a) && i < len(b); i++ {
		x, _ := strconv.Atoi(a[i])
		y, _ := strconv.Atoi(b[i])
		if x != y {
			return x < y
		}
	}
	return len(a) < len(b)
}

// diskFromSnapshot makes a first-class disk of the size of another's snapshot.
// Its deletion with a machine is as the schema says when nothing is: not kept.
func diskFromSnapshot(f *front, m *simulator.Method) (types.AnyType, types.BaseMethodFault) {
	ctx, req, disks := context.Background(), m.Body.(*types.CreateDiskFromSnapshot_Task), vslm.NewObjectManager(f.local)
	source, mf := f.snapshotted(&req.Datastore, req.Id.Id, req.SnapshotId)
	if mf != nil {
		return nil, mf
	}
	t, err := disks.CreateDisk(ctx, types.VslmCreateSpec{
		Name:              req.Name,
		KeepAfterDeleteVm: types.NewBool(false),
		CapacityInMB:      source.Config.CapacityInMB,
		BackingSpec: &types.VslmCreateSpecDiskFileBackingSpec{
			VslmCreateSpecBackingSpec: types.VslmCreateSpecBackingSpec{Datastore: req.Datastore, Path: req.Path},
			ProvisioningType:          "thin",
		},
	})
	if err != nil {
		return nil, &types.SystemError{Reason: err.Error()}
	}
	task := simulator.Map.Get(t.Reference()).(*simulator.Task)
	if task.Info.Error != nil {
		return nil, task.Info.Error.Fault
	}
	return task.Info.Result, nil
}

// snapshotted is the disk that has such a snapshot.
func (f *front) snapshotted(ds *vmRef, id string, snapshot types.ID) (*types.VStorageObject, types.BaseMethodFault) {
	o, _, mf := f.firstClassDisk(ds, id)
	if mf != nil {
		return nil, mf
	}
	info, err := vslm.NewObjectManager(f.local).RetrieveSnapshotInfo(context.Background(), *ds, id)
	if err != nil {
		return nil, &types.NotFound{}
	}
	for _, s := range info.Snapshots {
		if s.Id != nil && *s.Id == snapshot {
			return o, nil
		}
	}
	return nil, &types.NotFound{}
}

// setControlFlags knows the one flag that is of use here.
func setControlFlags(f *front, m *simulator.Method) (types.AnyType, types.BaseMethodFault) {
	req := m.Body.(*types.SetVStorageObjectControlFlags)
	o, _, mf := f.firstClassDisk(&req.Datastore, req.Id.Id)
	if mf != nil {
		return nil, mf
	}
	for _, flag := range req.ControlFlags {
		if flag != "keepAfterDeleteVm" || o.Config.KeepAfterDeleteVm == nil {
			return nil, &types.NotSupported{}
		}
		*o.Config.KeepAfterDeleteVm = true // the simulator's own: the local client shares it
	}
	return "", nil
}

// unknownDisk: the packaged simulator says InvalidArgument where a vCenter
// says that a disk or a snapshot is not to be found.
func unknownDisk(f *front, m *simulator.Method, pass func() *reply, _ func(interface{}) *reply) *reply {
	rep := pass()
	if _, ok := rep.faultOf().(*types.InvalidArgument); ok {
		return faultReply("", &types.NotFound{})
	}
	if rep.status != 200 {
		return rep
	}
	if t := rep.taskOf(); t != nil && t.Info.Error != nil {
		if _, ok := t.Info.Error.Fault.(*types.InvalidArgument); ok {
			return failedTask(m.Name, m.This, &types.NotFound{})
		}
	}
	return rep
}
