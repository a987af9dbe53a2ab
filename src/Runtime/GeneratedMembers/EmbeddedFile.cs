using System.ComponentModel;
using System.Reflection;
using Unroll.Serialization;

namespace Unroll.Compiled;

/// <summary>A weights file in an assembly: mapped memory, of which nothing is copied before it is read.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EmbeddedFile
{
    /// <summary>Replaces all parameters of a model by those in a file; types other than single precision are converted.</summary>
    /// <exception cref="InvalidDataException">The file does not fit the model, or a value is NaN.</exception>
    public static void LoadWeights(Model model, Assembly assembly, string resource)
    {
        ArgumentNullException.ThrowIfNull(model);
        using Stream stream = Open(assembly, resource);
        using SafetensorsReader reader = SafetensorsReader.Open(stream, resource);
        ModelWeights.Load(model.Parameters, model.Instance.Access, reader, resource, WeightsMatching.Exact, convert: true);
    }

    /// <summary>Holds a model's predictions against those in a file.</summary>
    /// <returns>The largest |difference|.</returns>
    /// <exception cref="InvalidDataException">The file does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">The difference is too large.</exception>
    public static float SelfTest(Model model, Assembly assembly, string resource)
    {
        ArgumentNullException.ThrowIfNull(model);
        using Stream stream = Open(assembly, resource);
        using SafetensorsReader reader = SafetensorsReader.Open(stream, resource);
        CheckVectors vectors = CheckVectors.Read(reader, resource, model.Network);
        return vectors.Compare(model.Predict(vectors.ReadInputs()));
    }

    private static Stream Open(Assembly assembly, string resource)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidDataException($"{assembly.GetName().Name} was built without {resource}: build it with the targets of the package Unroll.");
    }
}
