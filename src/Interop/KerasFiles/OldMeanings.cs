using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>What meant something else in Keras 2 and TensorFlow.js.</summary>
internal static class OldMeanings
{
    /// <summary>Whether the layer's activation is clip(0.2x + ½, 0, 1): Keras 3's hard_sigmoid of 1.2x.</summary>
    public static bool IsHardSigmoid(KerasLayer layer, KerasDialect dialect) => !Wrappers.IsRecurrent(layer.ClassName) && IsHardSigmoid(layer, dialect, "activation");

    /// <summary>
    /// Scales the variables of what was clip(0.2x + ½, 0, 1) in a cell: of 1.2 times the sums, today's hard_sigmoid is that.
    /// </summary>
    /// <remarks>The third gate of GRU and LSTM, and the one of SimpleRNN, have the activation, and the others the recurrent activation.</remarks>
    public static void ScaleGates(KerasLayer layer, KerasDialect dialect, IEnumerable<float[]> variables)
    {
        if (!Wrappers.IsRecurrent(layer.ClassName) || layer.Config.Optional("units") is not { ValueKind: JsonValueKind.Number } given || !given.TryGetInt32(out int units))
        {
            return;
        }

        int gates = layer.ClassName switch { "LSTM" => 4, "GRU" => 3, _ => 1 };
        bool isGate = gates > 1 && IsHardSigmoid(layer, dialect, "recurrent_activation");
        bool isCandidate = IsHardSigmoid(layer, dialect, "activation");
        foreach (float[] values in variables)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] *= (gates == 1 || i / units % gates == 2 ? isCandidate : isGate) ? 1.2f : 1f;
            }
        }
    }

    /// <summary>Refuses what the package has only as Keras 3 means it.</summary>
    public static void Check(KerasLayer layer, KerasDialect dialect, LayerReading reading)
    {
        if (layer.ClassName == "LSTM" && IsHardSigmoid(layer, dialect, "activation"))
        {
            reading.Refuse("activation", "hard_sigmoid was steeper in Keras 2, and the memory cell cannot be scaled", "use sigmoid or tanh and train again");
        }

        if (dialect == KerasDialect.TensorFlowJs && layer.Config.Optional("interpolation") is { ValueKind: JsonValueKind.String } text && text.GetString() == "bilinear")
        {
            reading.Refuse("interpolation", "bilinear upsampling has half-pixel centres here and none in TensorFlow.js", "use nearest, or import the model from Keras");
        }
    }

    private static bool IsHardSigmoid(KerasLayer layer, KerasDialect dialect, string argument) => dialect is KerasDialect.Keras2 or KerasDialect.TensorFlowJs
        && layer.Config.Optional(argument) is { ValueKind: JsonValueKind.String } activation && activation.GetString() is "hard_sigmoid" or "hardSigmoid";

    public static string Scale(string from)
    {
        var scale = new AttributeText(typeof(RescalingAttribute));
        scale.Set("scale", 1.2f);
        if (from.Length > 0)
        {
            scale.Set("From", from);
        }

        return scale.ToString();
    }

    public static string HardSigmoid(string name)
    {
        var activate = new AttributeText(typeof(ActivateAttribute));
        activate.Set("activation", Activation.HardSigmoid);
        activate.Set("Name", name);
        return activate.ToString();
    }
}
