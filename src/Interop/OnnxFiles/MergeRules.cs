using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Operators over several values, or over a value and constants.</summary>
internal static class MergeRules
{
    public static void Binary(OnnxCall call)
    {
        int rank = call.Node.Input.Max(input => call.Translation.Constant(input) is null ? call.Translation.RankOf(input) : 0);
        if (call.Node.Input.Any(input => call.Translation.Constant(input)?.Rank > rank))
        {
            throw OnnxCall.Refusal(null, $"a constant has more axes than the {rank} of what it is put together with, before which they would come", "give it as many axes at most");
        }

        if (AttentionRules.Scaled(call) || (call.Operator == "Mul" && IsFunction(call) && NormalizationPattern.Take(call)))
        {
            return;
        }

        OnnxTensor?[] constants = [.. Enumerable.Range(0, call.Node.Input.Count).Select(call.Constant)];
        if (constants.Length == 2 && Array.Exists(constants, static constant => constant is { Count: > 1 }))
        {
            WithConstant(call, constants[0] is null ? 0 : 1);
        }
        else if (constants.Length > 1 && Array.TrueForAll(constants, static constant => constant is null) && !IsFunction(call))
        {
            Merge(call);
        }
        else
        {
            ActivationRules.Function(call);
        }
    }

    public static void Concatenate(OnnxCall call)
    {
        if (SequenceRules.AreStates(call) && call.Int("axis", 0) == 0)
        {
            SequenceRules.Join(call);
            return;
        }

        if (TwoDirections.Concatenate(call) || LooseRules.Concatenate(call) || WithRows(call) || WithZeros(call))
        {
            return;
        }

        OnnxValue[] inputs = Alike(call);
        int axis = call.SampleAxis(call.Int("axis", 0), inputs[0]);
        int rank = inputs[0].Shape.Length;
        if (inputs.Any(input => input.Shape.Length != rank || input.Shape.Where((size, place) => place != axis && size != inputs[0].Shape[place]).Any()))
        {
            throw OnnxCall.Refusal("axis", "values of equal sizes on all other axes are expected", "export the model again");
        }

        if (inputs.Length == 1)
        {
            call.Give(inputs[0]);
            return;
        }

        int[] axes = inputs.Select(static input => input.Axes).FirstOrDefault(order => order.Contains(axis) && order.Length == rank) ?? Layouts.AsFile(rank);
        OnnxValue[] fit = [.. inputs.Select(input => call.Fit(input, axes))];
        NetworkNode node = call.Add(typeof(ConcatenateAttribute), fit);
        int[] shape = [.. inputs[0].Shape.Select((size, place) => place == axis ? inputs.Sum(input => input.Shape[axis]) : size)];
        var value = new OnnxValue(node, shape, axes) { Batch = inputs[0].Batch, Joined = inputs[0].Joined };
        node.Attribute!.Set("Axis", value.ClassAxis(axis));
        call.Give(value with { IsNonNegative = inputs.All(static input => input.IsNonNegative) });
    }

    /// <summary>Whether both inputs come from one value that a function of single numbers is made of, as x·sigmoid(x).</summary>
    private static bool IsFunction(OnnxCall call) => call.Node.Input.Distinct().Count() == 1;

    private static void WithConstant(OnnxCall call, int input)
    {
        OnnxValue x = call.Each(input);
        OnnxTensor constant = call.Constant(1 - input)!;
        int[] dims = [.. constant.Dims];
        int place = Array.FindIndex(dims, static size => size > 1);
        if (call.Operator == "Add" && x.Batch == 0 && dims.Length is 2 or 3 && dims.TakeLast(2).SequenceEqual(x.Shape) && constant.Count == dims[^1] * dims[^2] && constant.Floats is float[] table)
        {
            AddPositions(call, x, table);
            return;
        }

        int inFile = x.Shape.Length + 1 - dims.Length + place;
        int axis = inFile == x.Batch ? -1 : inFile > x.Batch ? inFile - 1 : inFile;
        if (constant.Floats is not float[] values || axis < x.Steps || dims.Count(static size => size > 1) != 1 || x.Shape[axis] != values.Length || !x.Axes.Contains(axis))
        {
            throw OnnxCall.Refusal(null, $"a constant has one number, or one for each element of one axis, and the file has [{string.Join(", ", dims)}]", "use one of these");
        }

        float[] ones = [.. Enumerable.Repeat(1f, values.Length)];
        (float[] Scale, float[] Offset) = (call.Operator, input) switch
        {
            ("Add", _) => (ones, values),
            ("Sub", 0) => (ones, [.. values.Select(static value => -value)]),
            ("Sub", _) => ([.. ones.Select(static one => -one)], values),
            ("Mul", _) => (values, new float[values.Length]),
            ("Div", 0) => ([.. values.Select(static value => 1 / value)], new float[values.Length]),
            _ => throw OnnxCall.Refusal(null, "there is no layer for this with constants", "use Add, Sub, Mul or Div"),
        };
        call.Give(NormalizationRules.AddAffine(call, x, axis, Scale, Offset));
    }

    /// <summary>Steps of constant numbers before or behind those of a sequence, as the token of a class.</summary>
    private static bool WithRows(OnnxCall call)
    {
        int constant = Enumerable.Range(0, call.Node.Input.Count).FirstOrDefault(input => call.Constant(input) is not null, -1);
        if (call.Node.Input.Count != 2 || constant < 0 || call.Int("axis", 0) is not (1 or -2) || call.Constant(constant) is not { Floats: float[] rows, Dims: [1, int steps, int width] })
        {
            return false;
        }

        OnnxValue x = call.Batched(1 - constant);
        if (x.Batch != 0 || x.Shape.Length != 2 || x.Shape[1] != width)
        {
            return false;
        }

        bool isFirst = constant == 0;
        OnnxValue padded = Margins.Add(call, call.Fit(x, [0, 1]), new WindowPads([isFirst ? steps : 0], [isFirst ? 0 : steps]));
        float[] others = new float[x.Shape[0] * width];
        AddPositions(call, padded, isFirst ? [.. rows, .. others] : [.. others, .. rows]);
        return true;
    }

    /// <summary>Constant zeros before or behind one axis, as where features are shifted from step to step.</summary>
    private static bool WithZeros(OnnxCall call)
    {
        int constant = call.Node.Input.Count == 2 ? Enumerable.Range(0, 2).FirstOrDefault(input => call.Constant(input) is not null, -1) : -1;
        if (constant < 0 || call.Constant(constant) is not { Floats: float[] values } zeros || values.Any(static value => value != 0))
        {
            return false;
        }

        OnnxValue x = call.Value(1 - constant);
        long[] shape = zeros.Repeated ?? [.. zeros.Dims.Select(static size => (long)size)];
        int axis = call.SampleAxis(call.Int("axis", 0), x);
        if (shape.Length != x.Shape.Length + 1 || shape[axis + 1] is <= 0 or > int.MaxValue || x.Shape.Where((size, other) => other != axis && shape[other + 1] != size).Any())
        {
            return false;
        }

        int count = (int)shape[axis + 1];
        call.Give(Margins.Zeros(call, x, axis, constant == 0 ? count : 0, constant == 0 ? 0 : count));
        return true;
    }

    /// <summary>The sum of products along the last axis, where it goes on as nothing else.</summary>
    private static bool Dot(OnnxCall call)
    {
        if (call.Operator != "Mul" || call.Translation.Links.OnlyReader(call.Node.Output[0]) is not { OpType: "ReduceSum" } reduce)
        {
            return false;
        }

        OnnxValue[] inputs = Alike(call);
        var sum = new OnnxCall(reduce, call.Translation);
        int last = inputs[0].Shape.Length - 1;
        bool isVectors = inputs.All(input => input.Steps == 0 && input.Batch == 0 && input.Shape.SequenceEqual(inputs[0].Shape) && input.Shape[..^1].All(static size => size == 1))
            && sum.Axes(1) is [int axis] && (axis == -1 || axis == last + 1);
        if (!isVectors)
        {
            return false;
        }

        NetworkNode node = call.Add(typeof(DotAttribute), [.. inputs.Select(input => call.Fit(input, [last]))]);
        call.Translation.Take(reduce);
        int rank = sum.Int("keepdims", 1) != 0 ? last + 1 : last;
        if (rank == 0)
        {
            call.Translation.Give(reduce.Output[0], new LooseValue(node, [[]], [[Factor.Samples]]));
        }
        else
        {
            call.Translation.Give(reduce.Output[0], new OnnxValue(node, [.. Enumerable.Repeat(1, rank)], [rank - 1]));
        }

        return true;
    }

    /// <summary>A row for each step.</summary>
    private static void AddPositions(OnnxCall call, OnnxValue x, float[] table)
    {
        OnnxValue fit = call.Fit(x, [0, 1]);
        NetworkNode positions = call.Translation.Add(typeof(PositionEmbeddingAttribute), null, fit);
        positions.Parameters.Add(new ImportedTensor("embeddings", [.. x.Shape], table));
        NetworkNode sum = call.Add(typeof(AddAttribute), fit, fit with { Node = positions });
        call.Give(fit with { Node = sum, IsNonNegative = false });
    }

    /// <summary>The values it reads, which have their samples along one axis.</summary>
    private static OnnxValue[] Alike(OnnxCall call)
    {
        OnnxValue[] inputs = [.. Enumerable.Range(0, call.Node.Input.Count).Select(input => call.Each(input))];
        return inputs.All(input => input.Batch == inputs[0].Batch && Sizes(input).SequenceEqual(Sizes(inputs[0])))
            ? inputs
            : throw OnnxCall.Refusal(null, "it reads values whose samples are different axes", "export the model with the batch first");

        static IEnumerable<int> Sizes(OnnxValue value) => value.Joined?.Select(static factor => factor.Size) ?? [];
    }

    private static void Merge(OnnxCall call)
    {
        if (Dot(call))
        {
            return;
        }

        Type attribute = call.Operator switch
        {
            "Add" or "Sum" => typeof(AddAttribute),
            "Sub" => typeof(SubtractAttribute),
            "Mul" => typeof(MultiplyAttribute),
            "Mean" => typeof(AverageAttribute),
            "Max" => typeof(MaximumAttribute),
            "Min" => typeof(MinimumAttribute),
            _ => throw OnnxCall.Refusal(null, "values are added, subtracted, multiplied, averaged, or the larger or smaller taken", "use one of these"),
        };
        OnnxValue[] inputs = Alike(call);
        int rank = inputs[0].Shape.Length;
        int[] shape = [.. Enumerable.Range(0, rank).Select(axis => inputs.Max(input => input.Shape.Length == rank ? input.Shape[axis] : 0))];
        if (inputs.Any(input => input.Shape.Length != rank || input.Shape.Where((size, axis) => size != 1 && size != shape[axis]).Any()))
        {
            string shapes = string.Join(" and ", inputs.Select(static input => $"[{string.Join(", ", input.Shape)}]"));
            throw OnnxCall.Refusal(null, $"values of equal shapes are expected, axes of size 1 apart, and the file has {shapes}", "bring them to one shape first");
        }

        int[] most = inputs.MaxBy(static input => input.Axes.Length)!.Axes;
        int[] axes = inputs.All(input => Layouts.Long(input, input.Axes).All(most.Contains)) ? most : Layouts.AsFile(rank);
        OnnxValue[] fit = [.. inputs.Select(input => FitOrFewer(call, input, axes))];
        NetworkNode node = call.Add(attribute, fit);
        bool isNonNegative = inputs.All(static input => input.IsNonNegative) && attribute != typeof(SubtractAttribute);
        call.Give(new OnnxValue(node, shape, axes) { IsNonNegative = isNonNegative, Batch = inputs[0].Batch, Joined = inputs[0].Joined });
    }

    /// <summary>Missing first axes are repeated by the layer.</summary>
    private static OnnxValue FitOrFewer(OnnxCall call, OnnxValue value, int[] axes) =>
        axes.Skip(axes.Length - value.Axes.Length).SequenceEqual(value.Axes) ? value : call.Fit(value, axes);
}
