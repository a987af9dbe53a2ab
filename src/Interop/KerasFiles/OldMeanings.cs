using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>What meant something else in Keras 2 and TensorFlow.js.</summary>
internal static class OldMeanings
{
    /// <summary>Whether the layer's activation is clip(0.2x + ½, 0, 1): Keras 3's hard_sigmoid of 1.2x.</summary>
    public static bool IsHardSigmoid(KerasLayer layer, KerasDialect dialect) => dialect is KerasDialect.Keras2 or KerasDialect.TensorFlowJs
        && !Wrappers.IsRecurrent(layer.ClassName) && layer.Config.Optional("activation") is { ValueKind: JsonValueKind.String } activation
        && activation.GetString() is "hard_sigmoid" or "hardSigmoid";

    /// <summary>
    /// Scales the variables of gates that were clip(0.2x + ½, 0, 1): of 1.2 times the sums, today's hard_sigmoid is that. Of GRU the first two gates, of LSTM all but the third.
    /// </summary>
    public static void ScaleGates(KerasLayer layer, KerasDialect dialect, IEnumerable<float[]> variables)
    {
        bool isOld = dialect is KerasDialect.Keras2 or KerasDialect.TensorFlowJs && layer.ClassName is "GRU" or "LSTM"
            && layer.Config.Optional("recurrent_activation") is { ValueKind: JsonValueKind.String } activation
            && activation.GetString() is "hard_sigmoid" or "hardSigmoid";
        if (!isOld || layer.Config.Optional("units") is not { ValueKind: JsonValueKind.Number } given || !given.TryGetInt32(out int units))
        {
            return;
        }

        int gates = layer.ClassName == "GRU" ? 3 : 4;
        foreach (float[] values in variables)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] *= i / units % gates == 2 ? 1f : 1.2f;
            }
        }
    }

    /// <summary>Refuses what the package has only as Keras 3 means it.</summary>
    public static void Check(KerasLayer layer, KerasDialect dialect, LayerReading reading)
    {
        if (dialect is KerasDialect.Keras2 or KerasDialect.TensorFlowJs && Wrappers.IsRecurrent(layer.ClassName)
            && layer.Config.Optional("activation") is { ValueKind: JsonValueKind.String } activation && activation.GetString() is "hard_sigmoid" or "hardSigmoid")
        {
            reading.Refuse("activation", "hard_sigmoid was steeper in Keras 2, and the state of a cell cannot be scaled", "use sigmoid or tanh and train again");
        }

        if (dialect == KerasDialect.TensorFlowJs && layer.Config.Optional("interpolation") is { ValueKind: JsonValueKind.String } text && text.GetString() == "bilinear")
        {
            reading.Refuse("interpolation", "bilinear upsampling has half-pixel centres here and none in TensorFlow.js", "use nearest, or import the model from Keras");
        }
    }

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
