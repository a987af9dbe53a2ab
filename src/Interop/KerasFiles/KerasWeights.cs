using System.Globalization;

namespace Unroll.Interop.KerasFiles;

/// <summary>The variables of layers in a weights file of Keras 3: <c>/layers/dense/vars/0</c>.</summary>
internal sealed class KerasWeights(Hdf5Source file) : IKerasVariables
{
    public IReadOnlyList<(IReadOnlyList<int> Shape, float[] Values)> Variables(KerasLayer layer) =>
        [.. layer.Groups.SelectMany(part => Variables(layer.Weights + part))];

    public string Place(KerasLayer layer) => layer.Weights + layer.Groups[0] + "/vars";

    /// <summary>A group's variables in order; none where there is no such group.</summary>
    /// <param name="group">As <c>layers/dense</c>.</param>
    public IReadOnlyList<(IReadOnlyList<int> Shape, float[] Values)> Variables(string group)
    {
        var variables = new List<(IReadOnlyList<int>, float[])>();
        for (int i = 0; file.Has(Variable(group, i)); i++)
        {
            // How many values a Normalization was adapted to changes nothing.
            if (!file.IsCounter(Variable(group, i)))
            {
                variables.Add(file.Floats(Variable(group, i)));
            }
        }

        return variables;
    }

    private static string Variable(string group, int number) => $"/{group}/vars/{number.ToString(CultureInfo.InvariantCulture)}";
}
