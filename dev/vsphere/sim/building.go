package main

import (
	"context"

	"github.com/vmware/govmomi/event"
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

// tellFailedClone posts the event by which a vCenter tells that a clone failed.
// It names what was to be made, which the task does not.
func (f *front) tellFailedClone(m *simulator.Method, mf types.BaseMethodFault, words string) {
	req, ok := m.Body.(*types.CloneVM_Task)
	source := machine(m.This)
	if !ok || source == nil {
		return
	}
	told := &types.VmCloneFailedEvent{
		DestFolder: types.FolderEventArgument{Folder: req.Folder},
		DestName:   req.Name,
		DestHost:   types.HostEventArgument{Host: *source.Runtime.Host},
		Reason:     types.LocalizedMethodFault{Fault: mf, LocalizedMessage: words},
	}
	told.Vm = &types.VmEventArgument{EntityEventArgument: types.EntityEventArgument{Name: source.Name}, Vm: source.Self}
	if dc := datacenterOf(source); dc != nil {
		told.Datacenter = &types.DatacenterEventArgument{EntityEventArgument: types.EntityEventArgument{Name: dc.Name}, Datacenter: dc.Self}
	}
	_ = event.NewManager(f.local).PostEvent(context.Background(), told)
}

// remembered is how many ended tasks stay listed at what they worked on; a
// vCenter lists them for some minutes.
const remembered = 5

// worksOn is what a task is listed at: a snapshot's task at its machine.
func worksOn(target types.ManagedObjectReference) types.ManagedObjectReference {
	if snap, ok := simulator.Map.Get(target).(*simulator.VirtualMachineSnapshot); ok {
		return snap.Vm
	}
	return target
}

// recent lists a task at its entity.
func recent(target types.ManagedObjectReference, task types.ManagedObjectReference) {
	if entity, ok := simulator.Map.Get(target).(mo.Entity); ok {
		simulator.Map.AppendReference(entity, &entity.Entity().RecentTask, task)
	}
}

// forget takes the oldest ended tasks off, when there are many.
func forget(target types.ManagedObjectReference) {
	entity, ok := simulator.Map.Get(target).(mo.Entity)
	if !ok {
		return
	}
	tasks := &entity.Entity().RecentTask
	var ended []types.ManagedObjectReference
	for _, ref := range *tasks {
		task, there := simulator.Map.Get(ref).(*simulator.Task)
		if !there || task.Info.State == types.TaskInfoStateSuccess || task.Info.State == types.TaskInfoStateError {
			ended = append(ended, ref)
		}
	}
	for len(ended) > remembered {
		simulator.Map.RemoveReference(entity, tasks, ended[0])
		ended = ended[1:]
	}
}
