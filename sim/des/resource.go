package des

// Resource is a number of equal places, such as cores or the seats of a pool:
// first come, first served.
type Resource struct {
	env      *Env
	capacity int
	inUse    int
	waiting  waitList
}

var _ giver = (*Resource)(nil)

// NewResource makes a resource with a number of places, all free. It panics
// when that is less than 1.
func (e *Env) NewResource(capacity int) *Resource {
	if capacity < 1 {
		panic("des: Env.NewResource: a capacity of less than 1")
	}
	return &Resource{env: e, capacity: capacity}
}

// Request takes a place for p, at once if one is free and else when it is p's
// turn. On an *Interrupt it has none.
func (r *Resource) Request(p *Proc) error {
	if err := p.enter("Resource.Request", r.env); err != nil {
		return err
	}
	if r.TryRequest() {
		return nil
	}
	p.standIn(&r.waiting)
	p.back(struct{}{}) // The baton goes to the engine here, and is back when this returns.
	return p.served()
}

// TryRequest takes a place if one is free.
func (r *Resource) TryRequest() bool {
	if r.inUse == r.capacity {
		return false
	}
	r.inUse++
	return true
}

// Release gives a place back; it goes to who has waited longest. It panics when
// none is in use.
func (r *Resource) Release() {
	if r.inUse == 0 {
		panic("des: Resource.Release: nothing is in use")
	}
	p := r.waiting.first
	if p == nil {
		r.inUse--
		return
	}
	r.waiting.remove(p) // The place goes from hand to hand and stays in use.
	p.given = r
	p.ready()
}

func (r *Resource) takeBack() { r.Release() }

// InUse gives the number of places taken.
func (r *Resource) InUse() int { return r.inUse }

// Waiting gives the number of processes that wait for a place.
func (r *Resource) Waiting() int { return r.waiting.len }
