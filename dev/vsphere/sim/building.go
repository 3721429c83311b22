package main

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// While a clone runs, a vCenter already shows the new machine under its name,
// without a configuration, and lists the task at the machine it works on. The
// packaged simulator shows nothing until the end.

// showBuilding puts the machine that a clone will make into its folder.
func (f *front) showBuilding(m *simulator.Method) *simulator.VirtualMachine {
	req, ok := m.Body.(*types.CloneVM_Task)
	if !ok {
		return nil
	}
	folder, ok := simulator.Map.Get(req.Folder).(*simulator.Folder)
	if !ok {
		return nil
	}
	vm := &simulator.VirtualMachine{}
	vm.Name = req.Name
	vm.Config = &types.VirtualMachineConfigInfo{}
	vm.Guest = &types.GuestInfo{}
	vm.Runtime.PowerState = types.VirtualMachinePowerStatePoweredOff
	vm.Runtime.ConnectionState = types.VirtualMachineConnectionStateConnected
	simulator.Map.PutEntity(folder, vm)
	f.mu.Lock()
	f.building[vm.Self] = true
	f.mu.Unlock()
	simulator.Map.AppendReference(folder, &folder.ChildEntity, vm.Self)
	return vm
}

func (f *front) hideBuilding(vm *simulator.VirtualMachine) {
	if vm == nil {
		return
	}
	if folder, ok := simulator.Map.Get(*vm.Parent).(*simulator.Folder); ok {
		simulator.Map.RemoveReference(folder, &folder.ChildEntity, vm.Self)
	}
	simulator.Map.Remove(vm.Self)
	f.mu.Lock()
	delete(f.building, vm.Self)
	f.mu.Unlock()
}

// recent lists a running task at its entity, or takes it off again.
func recent(target types.ManagedObjectReference, task types.ManagedObjectReference, on bool) {
	entity, ok := simulator.Map.Get(target).(mo.Entity)
	if !ok {
		return
	}
	tasks := &entity.Entity().RecentTask
	if on {
		simulator.Map.AppendReference(entity, tasks, task)
	} else {
		simulator.Map.RemoveReference(entity, tasks, task)
	}
}
