using System.Globalization;
using Unroll.Serialization;

namespace Unroll.Shift;

/// <summary>A reference as a safetensors file of three tensors, a row each feature and then each output.</summary>
/// <remarks><c>cuts</c>, 63 a row and infinity where there are fewer; <c>masses</c>, 64 a row; <c>moments</c>: mean, deviation, minimum,
/// maximum.</remarks>
internal static class DriftReferenceFile
{
    private const string Format = "unroll.drift-reference.1";
    private const int Moments = 4;

    public static void Write(string path, DriftReference reference)
    {
        int count = reference.Variables.Length;
        float[] cuts = new float[count * (ReferenceBins.Most - 1)];
        float[] masses = new float[count * ReferenceBins.Most];
        float[] moments = new float[count * Moments];
        Array.Fill(cuts, float.PositiveInfinity);
        for (int i = 0; i < count; i++)
        {
            ReferenceVariable variable = reference.Variables[i];
            variable.Bins.Cuts.CopyTo(cuts, i * (ReferenceBins.Most - 1));
            Array.ConvertAll(variable.Bins.Masses, static mass => (float)mass).CopyTo(masses, i * ReferenceBins.Most);
            moments[i * Moments] = (float)variable.Mean;
            moments[(i * Moments) + 1] = (float)variable.Deviation;
            moments[(i * Moments) + 2] = variable.Bins.Minimum;
            moments[(i * Moments) + 3] = variable.Bins.Maximum;
        }

        SafetensorsFile.Write(
            path,
            [
                new NamedTensor("cuts", [count, ReferenceBins.Most - 1], cuts),
                new NamedTensor("masses", [count, ReferenceBins.Most], masses),
                new NamedTensor("moments", [count, Moments], moments),
            ],
            new Dictionary<string, string>
            {
                ["format"] = Format,
                ["features"] = reference.FeatureSize.ToString(CultureInfo.InvariantCulture),
                ["samples"] = reference.Count.ToString(CultureInfo.InvariantCulture),
            });
    }

    public static DriftReference Read(string path)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        string format = reader.Metadata.GetValueOrDefault("format", "missing");
        if (format != Format)
        {
            throw new InvalidDataException($"{path}: expected a reference of format '{Format}', but its format is {format}.");
        }

        int features = Number(reader, "features", path), samples = Number(reader, "samples", path);
        int count = reader.Entries is [{ Shape: [int rows, _] }, ..] ? rows : 0;
        if (count <= features)
        {
            throw new InvalidDataException($"{path}: expected more variables than its {features} features, but found {count}.");
        }

        SafetensorsEntry[] known = [.. reader.Entries.Where(static entry => entry.DataType == ElementType.F32)];
        IReadOnlyList<NamedTensor> tensors = reader.Read(known);
        float[] cuts = Values(tensors, "cuts", count, ReferenceBins.Most - 1, path);
        float[] masses = Values(tensors, "masses", count, ReferenceBins.Most, path);
        float[] moments = Values(tensors, "moments", count, Moments, path);
        var variables = new ReferenceVariable[count];
        for (int i = 0; i < count; i++)
        {
            variables[i] = Variable(
                cuts.AsSpan(i * (ReferenceBins.Most - 1), ReferenceBins.Most - 1),
                masses.AsSpan(i * ReferenceBins.Most, ReferenceBins.Most),
                moments.AsSpan(i * Moments, Moments),
                i,
                path);
        }

        return new DriftReference(variables, features, samples);
    }

    private static ReferenceVariable Variable(
        ReadOnlySpan<float> cuts, ReadOnlySpan<float> masses, ReadOnlySpan<float> moments, int index, string path)
    {
        int end = cuts.IndexOf(float.PositiveInfinity);
        cuts = end < 0 ? cuts : cuts[..end];
        for (int i = 0; i < cuts.Length; i++)
        {
            if (!float.IsFinite(cuts[i]) || (i > 0 && cuts[i] <= cuts[i - 1]))
            {
                throw new InvalidDataException($"{path}: the cuts of variable {index} must ascend, but cut {i} is {cuts[i]}.");
            }
        }

        double[] frequencies = new double[cuts.Length + 1];
        double sum = 0;
        for (int bin = 0; bin < frequencies.Length; bin++)
        {
            frequencies[bin] = masses[bin];
            sum += masses[bin] > 0 ? masses[bin] : double.NaN;
        }

        if (!(Math.Abs(sum - 1) < 1e-4) || cuts.IsEmpty)
        {
            throw new InvalidDataException($"{path}: the masses of variable {index} must be two or more, positive, and sum to 1, but sum to {sum}.");
        }

        foreach (float moment in moments)
        {
            if (!float.IsFinite(moment))
            {
                throw new InvalidDataException($"{path}: the moments of variable {index} must be finite, but one is {moment}.");
            }
        }

        frequencies = Array.ConvertAll(frequencies, mass => mass / sum);
        return new ReferenceVariable(ReferenceBins.From(cuts.ToArray(), frequencies, moments[2], moments[3]), moments[0], moments[1]);
    }

    private static int Number(SafetensorsReader reader, string key, string path) =>
        reader.Metadata.TryGetValue(key, out string? text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number > 0
            ? number
            : throw new InvalidDataException($"{path}: expected the number of {key}, but it is {text ?? "missing"}.");

    private static float[] Values(IReadOnlyList<NamedTensor> tensors, string name, int rows, int columns, string path)
    {
        NamedTensor? tensor = tensors.FirstOrDefault(tensor => tensor.Name == name);
        return tensor is { Shape: [int first, int second] } && first == rows && second == columns
            ? tensor.Values.ToArray()
            : throw new InvalidDataException(
                $"{path}: expected '{name}' of shape [{rows}, {columns}], but it is {(tensor is null ? "missing" : TensorShape.Describe(tensor.Shape))}.");
    }
}
