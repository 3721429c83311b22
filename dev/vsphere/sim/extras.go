package main

import (
	"context"
	"fmt"
	"hash/crc32"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/types"
	"github.com/vmware/govmomi/vslm"
)

type vmRef = types.ManagedObjectReference

// ---- methods the packaged simulator lacks

type extraMethod func(*front, *simulator.Method) (types.AnyType, types.BaseMethodFault)

var extraMethods map[string]extraMethod

func init() { // not a literal: the methods refer back to the map's users
	extraMethods = map[string]extraMethod{
		"RebootGuest":     rebootGuest,
		"StandbyGuest":    standbyGuest,
		"AcquireTicket":   acquireTicket,
		"CancelTask":      cancelTask,
		"AttachDisk_Task": attachDisk,
		"DetachDisk_Task": detachDisk,

		"CreateDiskFromSnapshot_Task":   diskFromSnapshot,
		"SetVStorageObjectControlFlags": setControlFlags,
	}
}

func machine(ref vmRef) *simulator.VirtualMachine {
	vm, _ := simulator.Map.Get(ref).(*simulator.VirtualMachine)
	return vm
}

func needPower(vm *simulator.VirtualMachine, want types.VirtualMachinePowerState) types.BaseMethodFault {
	if vm.Runtime.PowerState != want {
		return &types.InvalidPowerState{RequestedState: want, ExistingState: vm.Runtime.PowerState}
	}
	return nil
}

func needTools(vm *simulator.VirtualMachine) types.BaseMethodFault {
	if mf := needPower(vm, types.VirtualMachinePowerStatePoweredOn); mf != nil {
		return mf
	}
	if vm.Guest.ToolsRunningStatus != string(types.VirtualMachineToolsRunningStatusGuestToolsRunning) {
		return &types.ToolsUnavailable{}
	}
	return nil
}

func rebootGuest(f *front, m *simulator.Method) (types.AnyType, types.BaseMethodFault) {
	vm := machine(m.This)
	if mf := needTools(vm); mf != nil {
		return nil, mf
	}
	f.guestDown(vm)
	f.guestUp(vm.Self)
	return "", nil
}

func standbyGuest(f *front, m *simulator.Method) (types.AnyType, types.BaseMethodFault) {
	vm := machine(m.This)
	if mf := needTools(vm); mf != nil {
		return nil, mf
	}
	_, err := object.NewVirtualMachine(f.local, vm.Self).Suspend(context.Background())
	if err != nil {
		return nil, &types.SystemError{Reason: err.Error()}
	}
	f.guestDown(vm)
	return "", nil
}

func acquireTicket(f *front, m *simulator.Method) (types.AnyType, types.BaseMethodFault) {
	vm, req := machine(m.This), m.Body.(*types.AcquireTicket)
	if mf := needPower(vm, types.VirtualMachinePowerStatePoweredOn); mf != nil {
		return nil, mf
	}
	switch req.TicketType {
	case "webmks", "mks":
	default:
		return nil, &types.InvalidArgument{InvalidProperty: "ticketType"}
	}
	return fmt.Sprintf("<returnval><ticket>%s</ticket><cfgFile>%s</cfgFile><host>127.0.0.1</host><port>443</port></returnval>",
		strings.ReplaceAll(uuid.New().String(), "-", "")[:16], vm.Config.Files.VmPathName), nil
}

func cancelTask(f *front, m *simulator.Method) (types.AnyType, types.BaseMethodFault) {
	f.mu.Lock()
	c, ok := f.waiting[m.This]
	delete(f.waiting, m.This)
	f.mu.Unlock()
	if ok {
		close(c)
		return "", nil
	}
	return nil, &types.InvalidState{}
}

func (f *front) firstClassDisk(ds *types.ManagedObjectReference, id string) (*types.VStorageObject, string, types.BaseMethodFault) {
	o, err := vslm.NewObjectManager(f.local).Retrieve(context.Background(), *ds, id)
	if err != nil {
		return nil, "", &types.NotFound{}
	}
	b, ok := o.Config.Backing.(types.BaseBaseConfigInfoFileBackingInfo)
	if !ok {
		return nil, "", &types.NotSupported{}
	}
	return o, b.GetBaseConfigInfoFileBackingInfo().FilePath, nil
}

func attachDisk(f *front, m *simulator.Method) (types.AnyType, types.BaseMethodFault) {
	vm, req := machine(m.This), m.Body.(*types.AttachDisk_Task)
	o, path, mf := f.firstClassDisk(&req.Datastore, req.DiskId.Id)
	if mf != nil {
		return nil, mf
	}
	devices := object.VirtualDeviceList(vm.Config.Hardware.Device)
	for _, d := range devices.SelectByType((*types.VirtualDisk)(nil)) {
		if v := d.(*types.VirtualDisk).VDiskId; v != nil && v.Id == req.DiskId.Id {
			return nil, &types.ResourceInUse{Type: "VStorageObject", Name: o.Config.Name}
		}
	}
	name := ""
	if c := devices.FindByKey(req.ControllerKey); req.ControllerKey != 0 && c != nil {
		name = devices.Name(c)
	}
	ctl, err := devices.FindDiskController(name)
	if err != nil {
		return nil, &types.InvalidController{}
	}
	disk := devices.CreateDisk(ctl, req.Datastore, path)
	disk.CapacityInKB, disk.CapacityInBytes = o.Config.CapacityInMB<<10, o.Config.CapacityInMB<<20
	disk.VDiskId = &types.ID{Id: req.DiskId.Id}
	if req.UnitNumber != nil {
		disk.UnitNumber = req.UnitNumber
	}
	return nil, f.reconfigure(vm, &types.VirtualDeviceConfigSpec{Operation: types.VirtualDeviceConfigSpecOperationAdd, Device: disk})
}

func detachDisk(f *front, m *simulator.Method) (types.AnyType, types.BaseMethodFault) {
	vm, req := machine(m.This), m.Body.(*types.DetachDisk_Task)
	for _, d := range object.VirtualDeviceList(vm.Config.Hardware.Device).SelectByType((*types.VirtualDisk)(nil)) {
		if v := d.(*types.VirtualDisk).VDiskId; v != nil && v.Id == req.DiskId.Id {
			return nil, f.reconfigure(vm, &types.VirtualDeviceConfigSpec{Operation: types.VirtualDeviceConfigSpecOperationRemove, Device: d})
		}
	}
	return nil, &types.NotFound{}
}

func (f *front) reconfigure(vm *simulator.VirtualMachine, change ...types.BaseVirtualDeviceConfigSpec) types.BaseMethodFault {
	ctx := context.Background()
	t, err := object.NewVirtualMachine(f.local, vm.Self).Reconfigure(ctx, types.VirtualMachineConfigSpec{DeviceChange: change})
	if err != nil {
		return &types.SystemError{Reason: err.Error()}
	}
	task := simulator.Map.Get(t.Reference()).(*simulator.Task)
	if task.Info.Error != nil {
		return task.Info.Error.Fault
	}
	return nil
}

// ---- corrections around methods the packaged simulator has

type correction func(f *front, m *simulator.Method, pass func() *reply, passChanged func(interface{}) *reply) *reply

var corrections map[string]correction

func init() {
	corrections = map[string]correction{
		"CloneVM_Task":                 cloneVM,
		"CreateVM_Task":                createVM,
		"ReconfigVM_Task":              reconfigVM,
		"PowerOnVM_Task":               powered(true),
		"ResetVM_Task":                 powered(true),
		"PowerOffVM_Task":              powered(false),
		"SuspendVM_Task":               suspend,
		"ShutdownGuest":                shutdownGuest,
		"CreateSnapshot_Task":          createSnapshot,
		"RevertToSnapshot_Task":        revertToSnapshot,
		"RevertToCurrentSnapshot_Task": revertToCurrent,
		"RemoveSnapshot_Task":          removeSnapshot,
		"MarkAsTemplate":               marked,
		"MarkAsVirtualMachine":         marked,
		"FindByUuid":                   findByUuid,
		"AddDVPortgroup_Task":          addPortGroups,
		"ReconfigureDVPortgroup_Task":  reconfigurePortGroup,
		"Destroy_Task":                 destroy,

		"VStorageObjectCreateSnapshot_Task": unknownDisk,
		"RetrieveSnapshotInfo":              unknownDisk,
		"DeleteSnapshot_Task":               unknownDisk,
		"DeleteVStorageObject_Task":         unknownDisk,
	}
}

// succeeded returns the finished task of an answer, or nil if the call failed.
func succeeded(rep *reply) *simulator.Task {
	if rep.status != 200 {
		return nil
	}
	if t := rep.taskOf(); t != nil && t.Info.State == types.TaskInfoStateSuccess {
		return t
	}
	return nil
}

// deepCopy copies plain data (no channels, no functions, unexported fields zero).
func deepCopy(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.Ptr:
		if !v.IsNil() {
			p := reflect.New(v.Type().Elem())
			p.Elem().Set(deepCopy(v.Elem()))
			out.Set(p)
		}
	case reflect.Interface:
		if !v.IsNil() {
			out.Set(deepCopy(v.Elem()))
		}
	case reflect.Slice:
		if !v.IsNil() {
			out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			for i := 0; i < v.Len(); i++ {
				out.Index(i).Set(deepCopy(v.Index(i)))
			}
		}
	case reflect.Struct:
		out.Set(v)
		if v.Type() == timeType {
			return out
		}
		for i := 0; i < v.NumField(); i++ {
			if out.Field(i).CanSet() {
				out.Field(i).Set(deepCopy(v.Field(i)))
			}
		}
	default:
		out.Set(v)
	}
	return out
}

func copyDevices(d []types.BaseVirtualDevice) []types.BaseVirtualDevice {
	return deepCopy(reflect.ValueOf(d)).Interface().([]types.BaseVirtualDevice)
}

// nameTaken answers DuplicateName the way vCenter does, as the task's error.
func (f *front) nameTaken(method string, folder vmRef, name string, target vmRef) *reply {
	fo, ok := simulator.Map.Get(folder).(*simulator.Folder)
	if !ok {
		return faultReply("folder", &types.InvalidArgument{InvalidProperty: "folder"})
	}
	var refs []vmRef
	simulator.Map.WithLock(fo, func() { refs = append(refs, fo.ChildEntity...) })
	for _, r := range refs {
		if vm := machine(r); vm != nil && vm.Name == name {
			t := simulator.CreateTask(target, strings.TrimSuffix(method, "_Task"), func(*simulator.Task) (types.AnyType, types.BaseMethodFault) {
				return nil, &types.DuplicateName{Name: name, Object: r}
			})
			return taskReply(method, t.Run())
		}
	}
	return nil
}

func createVM(f *front, m *simulator.Method, pass func() *reply, _ func(interface{}) *reply) *reply {
	req := m.Body.(*types.CreateVM_Task)
	f.cloneLock.Lock()
	defer f.cloneLock.Unlock()
	if rep := f.nameTaken(m.Name, req.This, req.Config.Name, req.This); rep != nil {
		return rep
	}
	return pass()
}

// cloneVM: the packaged simulator lets the clone share the source's device
// objects, ignores most of spec.config, and ignores spec.powerOn.
func cloneVM(f *front, m *simulator.Method, pass func() *reply, passChanged func(interface{}) *reply) *reply {
	req, src := m.Body.(*types.CloneVM_Task), machine(m.This)
	if src == nil {
		return pass()
	}
	f.cloneLock.Lock()
	defer f.cloneLock.Unlock()
	if rep := f.nameTaken(m.Name, req.Folder, req.Name, src.Self); rep != nil {
		return rep
	}
	if c := req.Spec.Config; c != nil && describeEdits(c.DeviceChange) {
		pass = func() *reply { return passChanged(&methods.CloneVM_TaskBody{Req: req}) }
	}
	keep := copyDevices(src.Config.Hardware.Device)
	rep := pass()
	simulator.Map.WithLock(src, func() { src.Config.Hardware.Device = keep })
	t := succeeded(rep)
	if t == nil {
		return rep
	}
	ref, _ := t.Info.Result.(vmRef)
	clone := machine(ref)
	if clone == nil {
		return rep
	}
	simulator.Map.WithLock(clone, func() {
		// a clone inherits the settings of its source
		clone.Config.ExtraConfig = append(append([]types.BaseOptionValue(nil), src.Config.ExtraConfig...), clone.Config.ExtraConfig...)
		c := req.Spec.Config
		if c == nil {
			c = new(types.VirtualMachineConfigSpec)
		}
		applyConfig(clone, c)
	})
	if req.Spec.PowerOn && !req.Spec.Template {
		if _, err := object.NewVirtualMachine(f.local, ref).PowerOn(context.Background()); err == nil {
			f.guestUp(ref)
		}
	}
	return rep
}

// describeEdits fills in what the simulator dereferences in edits of devices.
func describeEdits(changes []types.BaseVirtualDeviceConfigSpec) bool {
	changed := false
	for _, b := range changes {
		s := b.GetVirtualDeviceConfigSpec()
		if d := s.Device.GetVirtualDevice(); s.Operation == types.VirtualDeviceConfigSpecOperationEdit && d.DeviceInfo == nil {
			d.DeviceInfo, changed = &types.Description{}, true
		}
	}
	return changed
}

// applyConfig sets and announces what the simulator leaves out or leaves silent.
func applyConfig(vm *simulator.VirtualMachine, c *types.VirtualMachineConfigSpec) {
	var ch []types.PropertyChange
	set := func(path string, v interface{}) { ch = append(ch, types.PropertyChange{Name: path, Val: v}) }
	if c.NumCPUs > 0 {
		set("config.hardware.numCPU", c.NumCPUs)
		set("summary.config.numCpu", c.NumCPUs)
	}
	if c.NumCoresPerSocket > 0 {
		set("config.hardware.numCoresPerSocket", c.NumCoresPerSocket)
	}
	if c.MemoryMB > 0 {
		set("config.hardware.memoryMB", int32(c.MemoryMB))
		set("summary.config.memorySizeMB", int32(c.MemoryMB))
	}
	if c.Annotation != "" {
		set("config.annotation", c.Annotation)
		set("summary.config.annotation", c.Annotation)
	}
	if len(vm.Config.ExtraConfig) != 0 {
		// last value of a key wins, an empty one removes it
		last, order := map[string]types.BaseOptionValue{}, []string{}
		for _, o := range vm.Config.ExtraConfig {
			k := o.GetOptionValue().Key
			if _, ok := last[k]; !ok {
				order = append(order, k)
			}
			last[k] = o
		}
		var merged []types.BaseOptionValue
		for _, k := range order {
			if s, ok := last[k].GetOptionValue().Value.(string); !ok || s != "" {
				merged = append(merged, last[k])
			}
		}
		set("config.extraConfig", merged)
	}
	if len(ch) != 0 {
		simulator.Map.Update(vm, ch)
	}
}

func failedTask(method string, target vmRef, mf types.BaseMethodFault) *reply {
	t := simulator.CreateTask(target, strings.TrimSuffix(method, "_Task"), func(*simulator.Task) (types.AnyType, types.BaseMethodFault) { return nil, mf })
	return taskReply(method, t.Run())
}

func reconfigVM(f *front, m *simulator.Method, pass func() *reply, passChanged func(interface{}) *reply) *reply {
	req, vm := m.Body.(*types.ReconfigVM_Task), machine(m.This)
	if vm == nil {
		return pass()
	}
	c := &req.Spec
	if c.NumCPUs < 0 || c.MemoryMB < 0 {
		return failedTask(m.Name, vm.Self, &types.InvalidArgument{InvalidProperty: "spec"})
	}
	if vm.Runtime.PowerState == types.VirtualMachinePowerStatePoweredOn {
		on := func(b *bool) bool { return b != nil && *b }
		if c.NumCPUs > 0 && c.NumCPUs != vm.Config.Hardware.NumCPU && !on(vm.Config.CpuHotAddEnabled) {
			return failedTask(m.Name, vm.Self, &types.CpuHotPlugNotSupported{})
		}
		if c.MemoryMB > 0 && c.MemoryMB != int64(vm.Config.Hardware.MemoryMB) && !on(vm.Config.MemoryHotAddEnabled) {
			return failedTask(m.Name, vm.Self, &types.MemoryHotPlugNotSupported{})
		}
	}
	changed := describeEdits(c.DeviceChange)
	dc := datacenterOf(vm)
	for i, b := range c.DeviceChange {
		s := b.GetVirtualDeviceConfigSpec()
		d := s.Device.GetVirtualDevice()
		if n, ok := d.Backing.(*types.VirtualEthernetCardNetworkBackingInfo); ok && s.Operation != types.VirtualDeviceConfigSpecOperationRemove && dc != nil {
			if simulator.Map.FindByName(n.DeviceName, dc.Network) == nil {
				return failedTask(m.Name, vm.Self, &types.InvalidDeviceBacking{InvalidDeviceSpec: types.InvalidDeviceSpec{DeviceIndex: int32(i)}})
			}
		}
		if s.Operation == types.VirtualDeviceConfigSpecOperationRemove {
			// real removal goes by key; the simulator reads the given backing
			if have := object.VirtualDeviceList(vm.Config.Hardware.Device).FindByKey(d.Key); have == nil {
				return failedTask(m.Name, vm.Self, &types.InvalidDeviceSpec{DeviceIndex: int32(i)})
			} else {
				s.Device = deepCopy(reflect.ValueOf(have)).Interface().(types.BaseVirtualDevice)
				changed = true
			}
		}
	}
	var rep *reply
	if changed {
		rep = passChanged(&methods.ReconfigVM_TaskBody{Req: req})
	} else {
		rep = pass()
	}
	if succeeded(rep) != nil {
		simulator.Map.WithLock(vm, func() { applyConfig(vm, c) })
	}
	return rep
}

func datacenterOf(vm *simulator.VirtualMachine) *simulator.Datacenter {
	for p := vm.Parent; p != nil; {
		switch x := simulator.Map.Get(*p).(type) {
		case *simulator.Datacenter:
			return x
		case *simulator.Folder:
			p = x.Parent
		default:
			return nil
		}
	}
	return nil
}

func powered(on bool) correction {
	return func(f *front, m *simulator.Method, pass func() *reply, _ func(interface{}) *reply) *reply {
		rep := pass()
		if succeeded(rep) != nil {
			if vm := machine(m.This); vm != nil {
				if !on || m.Name == "ResetVM_Task" { // a power-on may just have set a customized address
					f.guestDown(vm)
				}
				if on {
					f.guestUp(vm.Self)
				}
			}
		}
		return rep
	}
}

// suspend: the packaged simulator suspends a machine that does not run.
func suspend(f *front, m *simulator.Method, pass func() *reply, passChanged func(interface{}) *reply) *reply {
	if vm := machine(m.This); vm != nil && vm.Runtime.PowerState != types.VirtualMachinePowerStatePoweredOn {
		return failedTask(m.Name, vm.Self, &types.InvalidPowerState{
			RequestedState: types.VirtualMachinePowerStateSuspended, ExistingState: vm.Runtime.PowerState})
	}
	return powered(false)(f, m, pass, passChanged)
}

func shutdownGuest(f *front, m *simulator.Method, pass func() *reply, _ func(interface{}) *reply) *reply {
	vm := machine(m.This)
	if vm != nil && vm.Runtime.PowerState == types.VirtualMachinePowerStatePoweredOn {
		if mf := needTools(vm); mf != nil {
			return faultReply("", mf)
		}
	}
	rep := pass()
	if rep.status == 200 && vm != nil {
		f.guestDown(vm)
	}
	return rep
}

type savedState struct {
	hardware types.VirtualHardware
	extra    []types.BaseOptionValue
	on       bool
}

func createSnapshot(f *front, m *simulator.Method, pass func() *reply, _ func(interface{}) *reply) *reply {
	req, vm := m.Body.(*types.CreateSnapshot_Task), machine(m.This)
	rep := pass()
	if t := succeeded(rep); t != nil {
		if ref, ok := t.Info.Result.(vmRef); ok {
			simulator.Map.WithLock(vm, func() {
				s := savedState{
					hardware: deepCopy(reflect.ValueOf(vm.Config.Hardware)).Interface().(types.VirtualHardware),
					extra:    append([]types.BaseOptionValue(nil), vm.Config.ExtraConfig...),
					on:       req.Memory && vm.Runtime.PowerState == types.VirtualMachinePowerStatePoweredOn,
				}
				f.mu.Lock()
				f.saved[ref] = s
				f.mu.Unlock()
			})
		}
	}
	return rep
}

// The packaged simulator only moves the current marker when reverting.
func revertToSnapshot(f *front, m *simulator.Method, pass func() *reply, _ func(interface{}) *reply) *reply {
	rep := pass()
	if snap, ok := simulator.Map.Get(m.This).(*simulator.VirtualMachineSnapshot); ok && succeeded(rep) != nil {
		suppress := m.Body.(*types.RevertToSnapshot_Task).SuppressPowerOn
		f.restore(machine(snap.Vm), m.This, suppress != nil && *suppress)
	}
	return rep
}

func revertToCurrent(f *front, m *simulator.Method, pass func() *reply, _ func(interface{}) *reply) *reply {
	vm := machine(m.This)
	rep := pass()
	if succeeded(rep) != nil && vm != nil && vm.Snapshot != nil && vm.Snapshot.CurrentSnapshot != nil {
		suppress := m.Body.(*types.RevertToCurrentSnapshot_Task).SuppressPowerOn
		f.restore(vm, *vm.Snapshot.CurrentSnapshot, suppress != nil && *suppress)
	}
	return rep
}

func (f *front) restore(vm *simulator.VirtualMachine, snap vmRef, suppress bool) {
	f.mu.Lock()
	s, ok := f.saved[snap]
	f.mu.Unlock()
	if !ok {
		return
	}
	hw := deepCopy(reflect.ValueOf(s.hardware)).Interface().(types.VirtualHardware)
	on, state := s.on && !suppress, types.VirtualMachinePowerStatePoweredOff
	if on {
		state = types.VirtualMachinePowerStatePoweredOn
	}
	simulator.Map.WithLock(vm, func() {
		simulator.Map.Update(vm, []types.PropertyChange{
			{Name: "config.hardware", Val: hw},
			{Name: "config.extraConfig", Val: s.extra},
			{Name: "summary.config.numCpu", Val: hw.NumCPU},
			{Name: "summary.config.memorySizeMB", Val: hw.MemoryMB},
			{Name: "runtime.powerState", Val: state},
			{Name: "summary.runtime.powerState", Val: state},
		})
	})
	f.guestDown(vm)
	if on {
		f.guestUp(vm.Self)
	}
}

// removeSnapshot: removing a current snapshot that has no parent crashes the
// packaged simulator, so the marker is dropped first.
func removeSnapshot(f *front, m *simulator.Method, pass func() *reply, _ func(interface{}) *reply) *reply {
	if snap, ok := simulator.Map.Get(m.This).(*simulator.VirtualMachineSnapshot); ok {
		vm := machine(snap.Vm)
		simulator.Map.WithLock(vm, func() {
			if vm.Snapshot == nil || vm.Snapshot.CurrentSnapshot == nil || *vm.Snapshot.CurrentSnapshot != m.This {
				return
			}
			for _, root := range vm.Snapshot.RootSnapshotList {
				if root.Snapshot == m.This {
					vm.Snapshot.CurrentSnapshot = nil
				}
			}
		})
	}
	return pass()
}

// findByUuid meets machines that are being made and have no configuration yet,
// at which the packaged simulator crashes; that one is asked for hosts, and
// whether the session lives.
func findByUuid(f *front, m *simulator.Method, pass func() *reply, passChanged func(interface{}) *reply) *reply {
	req := m.Body.(*types.FindByUuid)
	if !req.VmSearch {
		return pass()
	}
	hosts := *req
	hosts.VmSearch = false
	if rep := passChanged(&methods.FindByUuidBody{Req: &hosts}); rep.status != http.StatusOK {
		return rep
	}
	for _, entity := range simulator.Map.All("VirtualMachine") {
		vm, ok := entity.(*simulator.VirtualMachine)
		if !ok || vm.Config == nil {
			continue
		}
		id := vm.Config.Uuid
		if req.InstanceUuid != nil && *req.InstanceUuid {
			id = vm.Config.InstanceUuid
		}
		if id == req.Uuid {
			return resultReply(m.Name, `<returnval type="VirtualMachine">`+vm.Self.Value+`</returnval>`)
		}
	}
	return resultReply(m.Name, "")
}

func marked(f *front, m *simulator.Method, pass func() *reply, _ func(interface{}) *reply) *reply {
	rep := pass()
	if vm := machine(m.This); rep.status == 200 && vm != nil {
		simulator.Map.WithLock(vm, func() {
			simulator.Map.Update(vm, []types.PropertyChange{
				{Name: "config.template", Val: vm.Config.Template},
				{Name: "summary.config.template", Val: vm.Config.Template},
			})
		})
	}
	return rep
}

// ---- a pretended guest: tools, address, quick statistics

type guestConfig struct {
	delay time.Duration // from power-on to running tools
	every time.Duration // between quick statistics, 0: none
}

func (f *front) guestUp(ref vmRef) {
	up := func() {
		vm := machine(ref)
		if vm == nil {
			return
		}
		simulator.Map.WithLock(vm, func() {
			if vm.Runtime.PowerState != types.VirtualMachinePowerStatePoweredOn {
				return
			}
			nets := deepCopy(reflect.ValueOf(vm.Guest.Net)).Interface().([]types.GuestNicInfo)
			ip := ""
			for i := range nets {
				if len(nets[i].IpAddress) == 0 {
					f.mu.Lock()
					a, ok := f.fixed[fmt.Sprint(vm.Self.Value, "/", i)]
					f.mu.Unlock()
					if !ok {
						a = guestAddress(vm, i)
					}
					nets[i].IpAddress = []string{a}
				}
				if ip == "" {
					ip = nets[i].IpAddress[0]
				}
			}
			ch := []types.PropertyChange{
				{Name: "guest.toolsStatus", Val: types.VirtualMachineToolsStatusToolsOk},
				{Name: "guest.toolsRunningStatus", Val: string(types.VirtualMachineToolsRunningStatusGuestToolsRunning)},
				{Name: "guest.guestState", Val: string(types.VirtualMachineGuestStateRunning)},
				{Name: "summary.guest.toolsRunningStatus", Val: string(types.VirtualMachineToolsRunningStatusGuestToolsRunning)},
				{Name: "summary.quickStats.guestHeartbeatStatus", Val: types.ManagedEntityStatusGreen},
			}
			if ip != "" {
				ch = append(ch, types.PropertyChange{Name: "guest.net", Val: nets}, types.PropertyChange{Name: "guest.ipAddress", Val: ip},
					types.PropertyChange{Name: "summary.guest.ipAddress", Val: ip})
			}
			if vm.Guest.HostName == "" {
				ch = append(ch, types.PropertyChange{Name: "guest.hostName", Val: vm.Name}, types.PropertyChange{Name: "summary.guest.hostName", Val: vm.Name})
			}
			simulator.Map.Update(vm, ch)
		})
	}
	if f.guest.delay <= 0 {
		up()
		return
	}
	time.AfterFunc(f.guest.delay, up)
}

func (f *front) guestDown(vm *simulator.VirtualMachine) {
	simulator.Map.WithLock(vm, func() {
		nets := deepCopy(reflect.ValueOf(vm.Guest.Net)).Interface().([]types.GuestNicInfo)
		for i := range nets {
			if a := nets[i].IpAddress; len(a) != 0 && a[0] != guestAddress(vm, i) {
				f.mu.Lock()
				f.fixed[fmt.Sprint(vm.Self.Value, "/", i)] = a[0]
				f.mu.Unlock()
			}
			nets[i].IpAddress = nil
		}
		simulator.Map.Update(vm, []types.PropertyChange{
			{Name: "guest.toolsStatus", Val: types.VirtualMachineToolsStatusToolsNotRunning},
			{Name: "guest.toolsRunningStatus", Val: string(types.VirtualMachineToolsRunningStatusGuestToolsNotRunning)},
			{Name: "guest.guestState", Val: string(types.VirtualMachineGuestStateNotRunning)},
			{Name: "guest.net", Val: nets},
			{Name: "guest.ipAddress", Val: ""},
			{Name: "summary.guest.ipAddress", Val: ""},
			{Name: "summary.guest.toolsRunningStatus", Val: string(types.VirtualMachineToolsRunningStatusGuestToolsNotRunning)},
			{Name: "summary.quickStats.guestHeartbeatStatus", Val: types.ManagedEntityStatusGray},
		})
	})
}

// guestAddress: one address per machine and card, the same at every boot.
func guestAddress(vm *simulator.VirtualMachine, card int) string {
	n, _ := strconv.Atoi(vm.Self.Value[strings.LastIndexByte(vm.Self.Value, '-')+1:])
	return fmt.Sprintf("10.%d.%d.%d", card, n/250%256, n%250+2)
}

// statistics refreshes quick statistics of running machines.
func (f *front) statistics() {
	if f.guest.every <= 0 {
		return
	}
	start := time.Now()
	for range time.Tick(f.guest.every) {
		for _, e := range simulator.Map.All("VirtualMachine") {
			vm, ok := e.(*simulator.VirtualMachine)
			if !ok {
				continue
			}
			simulator.Map.WithLock(vm, func() {
				if vm.Runtime.PowerState != types.VirtualMachinePowerStatePoweredOn {
					return
				}
				seed := int32(crc32.ChecksumIEEE([]byte(vm.Self.Value))%50) + 10 // percent
				boot := start
				if b := vm.Summary.Runtime.BootTime; b != nil {
					boot = *b
				}
				// set in place: the simulator re-reads every watched object for
				// each announced change, which would starve WaitForUpdatesEx
				q := &vm.Summary.QuickStats
				q.OverallCpuUsage = seed * 24 * vm.Config.Hardware.NumCPU
				q.GuestMemoryUsage = seed * vm.Config.Hardware.MemoryMB / 100
				q.HostMemoryUsage = vm.Config.Hardware.MemoryMB
				q.UptimeSeconds = int32(time.Since(boot).Seconds())
			})
		}
	}
}
