package book

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/office"
)

const (
	labelRoom = 1.15 // how much longer the chart is than its longest bar
	// rowPixels is the row height that excelize assumes, so that the chart ends where the last count ends.
	rowPixels = 20
)

// chart draws a bar for each outcome next to the counts. Each bar is a series, because excelize gives colours only to
// series.
func (b *workbookReport) chart(outcomes []office.Outcome) error {
	series := make([]excelize.ChartSeries, len(outcomes))
	most := 0
	for i, o := range outcomes {
		place := func(column string) string { return fmt.Sprintf("'%s'!$%s$%d", b.summaryName, column, countsRow+i) }
		series[i] = excelize.ChartSeries{Name: place("A"), Values: place("B"), Fill: solid(outcomeColours[o].bar),
			DataLabel: excelize.ChartDataLabel{Font: excelize.Font{Color: "404040", Size: 10}}, DataLabelPosition: excelize.ChartDataLabelsPositionOutsideEnd}
		most = max(most, b.summary.Counts[o])
	}
	return b.file.AddChart(b.summaryName, fmt.Sprintf("C%d", countsRow), &excelize.Chart{
		Type:      excelize.Bar,
		Series:    series,
		Legend:    excelize.ChartLegend{Position: "none"},
		Dimension: excelize.ChartDimension{Width: 580, Height: uint(rowPixels * len(outcomes))},
		Format:    excelize.GraphicOptions{OffsetX: 12},
		XAxis:     excelize.ChartAxis{None: true, ReverseOrder: true},
		YAxis:     excelize.ChartAxis{None: true, Minimum: new(0.0), Maximum: new(float64(most) * labelRoom)},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true},
		GapWidth:  new(uint(20)),
		Overlap:   new(-30),
		Border:    excelize.LineOptions{Type: excelize.LineNone},
	})
}
