package main

import (
	"cmp"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// introduce says in a summary whose rows there are, before they are counted.
func (all lanes) introduce(s *report.Summary, j *job) {
	if !j.plan.PerCompany() {
		s.Company = all[0].company
		return
	}
	companies := make([]string, len(all))
	for i, l := range all {
		companies[i] = l.company
	}
	s.ByCompany(companies)
}

// remember says in a summary where the journals are.
func (all lanes) remember(s *report.Summary) {
	for i, l := range all {
		if s.Companies != nil {
			s.Companies[i].Journal = l.journal.Path()
		} else {
			s.Journal = l.journal.Path()
		}
	}
}

// tell says in a summary what came of a run, but for what its rows tell.
func (all lanes) tell(s *report.Summary) {
	for i, l := range all {
		s.New += l.found.created
		s.Notes = append(s.Notes, l.found.notes()...)
		if s.Companies == nil {
			continue
		}
		if s.Companies[i].New = l.found.created; l.stopped != nil {
			s.Companies[i].Stopped = l.stopped.Error()
		}
	}
}

// status is 1 where a person must look at what the lists of offices say.
func (all lanes) status() error {
	var errs []error
	for _, l := range all {
		errs = append(errs, l.found.status())
	}
	return cmp.Or(errs...)
}

// efforts are what the run took, by company.
func (all lanes) efforts() map[string]effort {
	efforts := make(map[string]effort, len(all))
	for _, l := range all {
		efforts[l.company] = effort{l.connection.limiter.Traffic(), l.settled}
	}
	return efforts
}

// journals are where what was done stands, in words.
func (all lanes) journals() string {
	if len(all) == 1 {
		return "the journal " + shown(all[0].path)
	}
	return "the journals of the companies"
}

// disconnect gives back idle connections.
func (all lanes) disconnect() {
	for _, l := range all {
		l.connection.client.Close()
	}
}

// eachCompany logs how the run of each company has ended.
func eachCompany(say *voice, s *report.Summary) {
	for _, c := range s.Companies {
		attributes := []any{"company", c.Company, "new", c.New}
		for _, o := range office.Outcomes() {
			attributes = append(attributes, o.String(), c.Count(o))
		}
		say.event("end of company", append(attributes, "stopped", c.Stopped)...)
	}
}
