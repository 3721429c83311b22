package main

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/types"
	vimxml "github.com/vmware/govmomi/vim25/xml"
	"strings"
)

// The packaged simulator grants everything. Here privileges can be taken from
// the one user: asking for them tells the truth, and the methods that need them
// answer NoPermission.
var needs = map[string]string{
	"CloneVM_Task":    "VirtualMachine.Inventory.CreateFromExisting",
	"PowerOnVM_Task":  "VirtualMachine.Interact.PowerOn",
	"PowerOffVM_Task": "VirtualMachine.Interact.PowerOff",
	"ShutdownGuest":   "VirtualMachine.Interact.PowerOff",
	"ResetVM_Task":    "VirtualMachine.Interact.Reset",
	"RebootGuest":     "VirtualMachine.Interact.Reset",
	"SuspendVM_Task":  "VirtualMachine.Interact.Suspend",
	"Destroy_Task":    "VirtualMachine.Inventory.Delete",

	"CreateDisk_Task":                   "Datastore.FileManagement",
	"DeleteVStorageObject_Task":         "Datastore.FileManagement",
	"VStorageObjectCreateSnapshot_Task": "Datastore.FileManagement",
	"CreateDiskFromSnapshot_Task":       "Datastore.FileManagement",
	"DeleteSnapshot_Task":               "Datastore.FileManagement",

	"AddDVPortgroup_Task":         "DVPortgroup.Create",
	"ReconfigureDVPortgroup_Task": "DVPortgroup.Modify",
}

// forbidden answers for a method that the user may not call, else nil.
func (f *front) forbidden(m *simulator.Method) *reply {
	privilege := needs[m.Name]
	if m.Name == "Destroy_Task" && m.This.Type == "DistributedVirtualPortgroup" {
		privilege = "DVPortgroup.Delete"
	}
	f.mu.Lock()
	denied := f.denied[privilege]
	f.mu.Unlock()
	if !denied {
		return nil
	}
	return faultReply("Permission to perform this operation was denied.",
		&types.NoPermission{Object: m.This, PrivilegeId: privilege})
}

func (f *front) privileges(req *types.HasPrivilegeOnEntities) *reply {
	f.mu.Lock()
	defer f.mu.Unlock()
	res := &types.HasPrivilegeOnEntitiesResponse{}
	for _, e := range req.Entity {
		p := types.EntityPrivilege{Entity: e}
		for _, id := range req.PrivId {
			p.PrivAvailability = append(p.PrivAvailability, types.PrivilegeAvailability{PrivId: id, IsGranted: !f.denied[id]})
		}
		res.Returnval = append(res.Returnval, p)
	}
	var b strings.Builder
	_ = vimxml.NewEncoder(&b).Encode(&methods.HasPrivilegeOnEntitiesBody{Res: res})
	r := newReply()
	body := b.String()
	body = strings.TrimSuffix(strings.TrimPrefix(body, "<HasPrivilegeOnEntitiesBody>"), "</HasPrivilegeOnEntitiesBody>")
	r.body.WriteString(envelopeOpen + body + envelopeClose)
	return r
}
