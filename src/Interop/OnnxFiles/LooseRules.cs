namespace Unroll.Interop.OnnxFiles;

/// <summary>What the file does to axes around recurrences and attention, where layers need not follow every step of it.</summary>
internal static class LooseRules
{
    public static void Transpose(OnnxCall call)
    {
        LooseValue x = call.Loose(0);
        int[] order = call.Ints("perm") ?? [.. Enumerable.Range(0, x.File.Length).Reverse()];
        call.Give(order.Order().SequenceEqual(Enumerable.Range(0, x.File.Length))
            ? x with { File = [.. order.Select(axis => x.File[axis])] }
            : throw OnnxCall.Refusal("perm", "it is no order of the axes", "export the model again"));
    }

    public static void Reshape(OnnxCall call) => call.Give(Reshaped(call));

    /// <summary>The value under another shape, which may part samples from the steps they were joined with.</summary>
    public static LooseValue Reshaped(OnnxCall call)
    {
        LooseValue x = call.Translation.Blocks.Open(call.Loose(0));
        bool copies = call.Int("allowzero", 0) == 0;
        long[] wanted = [.. call.WholeNumbers(1, "shape").Select((size, axis) => size != 0 || !copies || axis >= x.File.Length ? size : ConstantFolding.SizeOf(x, axis))];
        return call.Translation.Blocks.Close(LooseAxes.Reshape(call, x, wanted));
    }

    public static void Squeeze(OnnxCall call)
    {
        LooseValue x = call.Loose(0);
        int[] gone = call.Axes(1)?.Select(axis => Axis(x, axis)).ToArray() ?? [.. Enumerable.Range(0, x.File.Length).Where(axis => x.File[axis].Length == 0)];
        call.Give(gone.All(axis => x.File[axis].Length == 0)
            ? x with { File = [.. x.File.Where((_, axis) => !gone.Contains(axis))] }
            : throw OnnxCall.Refusal("axes", "axes of size 1 are expected", "reshape instead"));
    }

    public static void Unsqueeze(OnnxCall call)
    {
        LooseValue x = call.Loose(0);
        int[] axes = call.Axes(1) ?? throw OnnxCall.Refusal("axes", "they are missing", "export the model again");
        int rank = x.File.Length + axes.Length;
        List<Factor[]> file = [.. x.File];
        foreach (int axis in axes.Select(axis => axis < 0 ? axis + rank : axis).Order())
        {
            file.Insert(Math.Clamp(axis, 0, file.Count), []);
        }

        call.Give(x with { File = [.. file] });
    }

    /// <summary>One element of an axis, or a table's rows for ids.</summary>
    public static void Gather(OnnxCall call)
    {
        if (call.Constant(0) is not null)
        {
            EmbeddingRules.Rows(call);
            return;
        }

        LooseValue x = call.Loose(0);
        int axis = Axis(x, call.Int("axis", 0));
        if (call.Constant(1) is not { Wholes: [long index] } indices)
        {
            throw OnnxCall.Refusal("indices", "one element of an axis is taken, or a constant table's rows for ids", "build the model without it");
        }

        int length = x.Length(axis);
        int place = (int)(index < 0 ? index + length : index);
        if (x.File[axis].Contains(Factor.Samples) || place < 0 || place >= length)
        {
            throw OnnxCall.Refusal("indices", "they lie outside, or take a sample", "export the model again");
        }

        LooseValue piece = Piece(call, x, axis, place, 1, keeps: indices.Dims.Count > 0);
        call.Give(piece with { File = [.. piece.File[..axis], .. Enumerable.Repeat(Array.Empty<Factor>(), Math.Max(0, indices.Dims.Count - 1)), .. piece.File[axis..]] });
    }

    /// <summary>A piece of an axis that no layer has by itself; false where it is one of the positions of a signal or an image.</summary>
    public static bool Slice(OnnxCall call)
    {
        bool turns = call.Has(4) && call.WholeNumbers(4, "steps").Contains(-1);
        if (!turns && !call.IsLoose(0) && !TakesUnits(call) && !ValueUse.LeadsToProduct(call.Translation, call.Node.Output[0]))
        {
            return false;
        }

        Cut(call);
        return true;
    }

    /// <summary>A piece of each of some axes.</summary>
    public static void Cut(OnnxCall call)
    {
        LooseValue x = call.Loose(0);
        long[] starts = Numbers(call, "starts", 1);
        long[] ends = Numbers(call, "ends", 2);
        int[] axes = [.. (call.Axes(3) ?? [.. Enumerable.Range(0, starts.Length)]).Select(axis => Axis(x, axis))];
        long[] steps = call.Has(4) ? call.WholeNumbers(4, "steps") : [.. starts.Select(static _ => 1L)];
        if (starts.Length != axes.Length || ends.Length != axes.Length || steps.Length != axes.Length)
        {
            throw OnnxCall.Refusal("starts", "a start, an end and a step for each axis are expected", "export the model again");
        }

        for (int i = 0; i < axes.Length; i++)
        {
            int length = x.Length(axes[i]);
            if (steps[i] == -1 && (starts[i] == -1 || starts[i] >= length - 1) && ends[i] < -length && ReversedSteps.Turn(x, axes[i]) is LooseValue turned)
            {
                x = turned;
                continue;
            }

            int start = (int)Math.Clamp(starts[i] < 0 ? starts[i] + length : starts[i], 0, length);
            int end = (int)Math.Clamp(ends[i] < 0 ? ends[i] + length : ends[i], 0, length);
            if (steps[i] != 1 || end <= start || x.File[axes[i]].Contains(Factor.Samples))
            {
                throw OnnxCall.Refusal("steps", "what is left of an axis is one piece", "take every element, and all samples");
            }

            x = start == 0 && end == length ? x : Piece(call, x, axes[i], start, end - start, keeps: true);
        }

        call.Give(x);
    }

    /// <summary>Pieces that come together again as they were.</summary>
    /// <returns>False where they are values of their own.</returns>
    public static bool Concatenate(OnnxCall call)
    {
        LooseValue[] parts = [.. Enumerable.Range(0, call.Node.Input.Count).Where(input => call.IsLoose(input)).Select(input => call.Loose(input))];
        if (parts.Length != call.Node.Input.Count || parts.Any(part => part.Part is null || part.Node != parts[0].Node))
        {
            return false;
        }

        LooseValue first = parts[0];
        int axis = Axis(first, call.Int("axis", 0));
        int start = 0;
        foreach (LooseValue part in parts)
        {
            bool isNext = part.Part!.Value.Start == start && part.Scale == first.Scale && part.Reversed == first.Reversed && part.File.Length == first.File.Length && part.File[axis].SequenceEqual(part.Class[^1])
                && part.Class[..^1].Zip(first.Class[..^1]).All(static pair => pair.First.SequenceEqual(pair.Second))
                && part.File.Where((_, other) => other != axis).Zip(first.File.Where((_, other) => other != axis)).All(static pair => pair.First.SequenceEqual(pair.Second));
            if (!isNext)
            {
                return false;
            }

            start += part.Part.Value.Length;
        }

        Factor[] whole = [new Factor(start)];
        if (first.Part!.Value.Total != start)
        {
            return false;
        }

        call.Give(first with { Part = null, Class = [.. first.Class[..^1], whole], File = [.. first.File.Select((own, other) => other == axis ? whole : own)] });
        return true;
    }

    public static void Split(OnnxCall call)
    {
        LooseValue x = call.Loose(0);
        int axis = Axis(x, call.Int("axis", 0));
        int count = call.Node.Output.Count;
        int length = x.Length(axis);
        call.Int("num_outputs", count);
        int[] sizes = call.Ints("split") ?? (call.Has(1) ? [.. call.WholeNumbers(1, "split").Select(size => call.Int(size, "split"))] : [.. Enumerable.Repeat(length / count, count)]);
        if (sizes.Length != count || sizes.Any(static size => size <= 0) || sizes.Sum() != length || x.File[axis].Contains(Factor.Samples))
        {
            throw OnnxCall.Refusal("split", "pieces that together are the axis are expected", "export the model again");
        }

        for (int output = 0, start = 0; output < count; start += sizes[output++])
        {
            call.Translation.Give(call.Node.Output[output], Piece(call, x, axis, start, sizes[output], keeps: true));
        }
    }

    public static int Axis(LooseValue x, long axis)
    {
        long counted = axis < 0 ? axis + x.File.Length : axis;
        return counted >= 0 && counted < x.File.Length ? (int)counted : throw OnnxCall.Refusal("axis", $"there are {x.File.Length} axes, and the file says {axis}", "export the model again");
    }

    public static LooseValue Piece(OnnxCall call, LooseValue x, int axis, int start, int length, bool keeps)
    {
        Factor[] own = x.File[axis];
        LooseValue Without(LooseValue value, Factor[] left) => value with
        {
            File = keeps ? [.. value.File.Select((axes, other) => other == axis ? left : axes)] : [.. value.File.Where((_, other) => other != axis)],
        };
        if (own.Length == 0)
        {
            return Without(x, []);
        }

        if (own is [Factor steps] && steps == x.LastOf && length == 1)
        {
            return Without(x, []) with { LastOf = null };
        }

        // The first of what the last axis of the class is made of: a direction, or a query among what one product gives.
        Factor[] last = x.Class.Length == 0 ? [] : x.Class[^1];
        if (own.Length <= last.Length && own.SequenceEqual(last[..own.Length]) && x.Reversed is null && x.LastOf is null)
        {
            int rest = Factor.Product(last[own.Length..]);
            (int before, _, int total) = x.Part ?? (0, 0, Factor.Product(last));
            Factor[] left = length > 1 ? [new Factor(length)] : [];
            return Without(x, left) with { Class = [.. x.Class[..^1], [.. left, .. last[own.Length..]]], Part = (before + (start * rest), length * rest, total) };
        }

        // A step of a sequence.
        OnnxValue settled = x.JoinsSamples ? call.Translation.Blocks.Enter(call, x) : LooseAxes.Settle(call, x);
        int sampleAxis = axis > settled.Batch ? axis - 1 : axis;
        LooseValue cut = LooseValue.Of(Margins.Piece(call, settled, sampleAxis, start, length));
        return keeps ? cut : cut with { File = [.. cut.File.Where((_, other) => other != axis)] };
    }

    /// <summary>Whether it takes some of the numbers that a dense layer gives.</summary>
    private static bool TakesUnits(OnnxCall call) => call.Translation.Find(call.Node.Input[0]) is { Batch: 0, Node.Attribute.Kind: "Dense" } x
        && (call.Axes(3) ?? [.. Enumerable.Range(0, call.Longs("starts")?.Length ?? call.WholeNumbers(1, "starts").Length)]) is [int axis]
        && (axis == -1 || axis == x.Shape.Length) && x.Axes[^1] == x.Shape.Length - 1;

    private static long[] Numbers(OnnxCall call, string name, int input) => call.Longs(name) ?? call.WholeNumbers(input, name);
}
