package mapping

// PerCompany says that a column tells whose office a row is.
func (p *Plan) PerCompany() bool { return p.company != noColumn }

// Company is whose offices the rows are that name no company; empty: the key's
// own, or where a column should tell, nobody's.
func (p *Plan) Company() string { return p.mapping.company }
