using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Model;
using Unroll.Generator.Planning.Calls;

namespace Unroll.Generator.Planning;

/// <summary>
/// Plans a contraction that has no kernel of its own: a loop over each axis of the domain, through values that affine indices make steps of
/// so many floats along it.
/// </summary>
internal static class ContractionPlanner
{
    public static CallPlan Plan(OpGraph graph, Op op, ContractOp contract, BufferPlan buffers)
    {
        Contraction contraction = contract.Contraction;
        Op[] values = [.. op.Inputs.Select(id => graph[id]), op];
        if (values.Any(static value => value.Scope != OpScope.Sample))
        {
            throw new InvalidOperationException($"{op.Label.Layer}: no kernel takes a parameter in {contraction.FormulaOf(contract.Result)}");
        }

        AccessMap[] maps = [.. contraction.Maps.Where((_, value) => value != contract.Result), contraction.Maps[contract.Result]];
        Offset[] places = [.. values.Select((value, i) => PlaceOf(contraction, maps[i], value.Shape, buffers[value.Id].Stride))];

        // Innermost what most values have one after another; outside of it what is summed, so that a run of the result stays near. An axis
        // of one element is no loop.
        string[] axes =
        [
            .. contraction.Domain
                .Where(static axis => axis.Extent > 1)
                .Select(static axis => axis.Name)
                .OrderBy(axis => StrideOf(places[2], axis) == 0),
        ];
        string? innermost = axes.OrderBy(axis => places.Count(place => StrideOf(place, axis) == 1)).LastOrDefault();
        axes = [.. axes.OrderBy(axis => axis == innermost)];
        return CallPlanner.Call(
            "Contraction.Run",
            [
                axes.Select(contraction.ExtentOf).ToEquatableArray(),
                .. places.Select(place => (CallArgument)axes.Select(axis => StrideOf(place, axis)).ToEquatableArray()),
                .. values.Select(value => (CallArgument)buffers[value.Id].SampleStride),
            ]);
    }

    /// <summary>How many floats behind a value's first element a point of the domain lies.</summary>
    private static Offset PlaceOf(Contraction contraction, AccessMap map, Shape shape, int vectorStride)
    {
        Offset place = 0;
        int stride = vectorStride;
        for (int axis = map.Rank - 1; axis >= 0; axis--)
        {
            Offset index = map.Indices[axis];
            (int least, int most) = contraction.RangeOf(index);
            if (least < 0 || most >= shape[axis])
            {
                throw new InvalidOperationException($"no kernel leaves {shape} where {map} does");
            }

            bool isLast = axis == map.Rank - 1;
            place += index * (isLast ? 1 : stride);
            stride *= isLast ? 1 : shape[axis];
        }

        return place;
    }

    private static int StrideOf(Offset place, string axis) =>
        place.Terms.Where(term => term.Variable == axis).Select(static term => term.Coefficient).FirstOrDefault();
}
